"""The stem of a region's name: what stays when its kind changes (即墨市, 即墨区; 长阳土家族自治县)."""

import re

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|"
    "佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|"
    "锡伯族?|阿昌族|普米族|塔吉克|怒族|乌孜别克|俄罗斯族?|鄂温克族?|德昂族|保安族|裕固族|京族|塔塔尔|独龙族|鄂伦春族?|"
    "赫哲族|门巴族|珞巴族|基诺族|各族"
)
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES})*自治(?P<kind>[区州县旗])$")
_ENDINGS = re.compile(
    rf"(?:(?:{_PEOPLES})*(?:自治[区州县旗]|民族乡|族乡|(?:{_PEOPLES})[乡镇])"
    r"|特别行政区|地区|林区|特区|新区|矿区|街道|苏木|[省市州盟县区旗镇乡])$"
)


def find_stem(name: str) -> str:
    """A region's name without its kind: 即墨市 and 即墨区 are 即墨; a name of one sign keeps its kind."""
    stem = _ENDINGS.sub("", name)
    return stem if len(stem) > 1 else name


def shorten_autonomous(name: str) -> str | None:
    """The short form of an autonomous prefecture or county: 延边朝鲜族自治州 is 延边州; null for other regions."""
    match = _AUTONOMOUS.search(name)
    if match is None or match["kind"] == "区" or match.start() < 2:
        return None
    return name[: match.start()] + match["kind"]
