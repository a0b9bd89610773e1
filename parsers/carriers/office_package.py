"""Opens Office Open XML packages: their parts by name and relation, parsed without entities, network or huge trees."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from parsers.carriers.refusals import RefusalError
from parsers.carriers.zip_parts import open_zip, read_part

# Largest part: a report's text is under 1 MB; 32 MB is some hundred thousand table cells.
MOST_PART_BYTES = 32 * 1024 * 1024
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4_096
# ISO 29500 Strict names the same elements in other name spaces.
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME_SPACES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    huge_tree=False,
    load_dtd=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the relation's type, and the target's name in the package."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An open package and its members by name; of members with one name the last counts, as in Word."""

    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes | None:
        """One part's bytes, null where the package has none of this name. Raises RefusalError as `read_part`."""
        info = self.members.get(name)
        return None if info is None else read_part(self.archive, info, MOST_PART_BYTES)

    def list_relations(self, name: str) -> dict[str, Relation]:
        """What the part points to inside the package, by relation id; `""` asks for the package's own relations."""
        folder, file = posixpath.split(name)
        data = self.read(posixpath.join(folder, "_rels", f"{file}.rels"))
        if data is None:
            return {}
        return {
            node.get("Id", ""): Relation(
                node.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/"),
            )
            for node in parse_part(data).iter(_RELATIONS)
            if node.get("TargetMode") != "External"
        }

    def read_related(self, name: str, kind: str) -> bytes | None:
        """The part of a kind that a part points to, null where there is none. Raises RefusalError as `read_part`."""
        targets = [relation.target for relation in self.list_relations(name).values() if relation.kind == kind]
        return self.read(targets[-1]) if targets else None


def open_package(data: bytes) -> Package:
    """Open a package. Raises RefusalError `damaged_file` where its zip directory cannot be read."""
    archive = open_zip(data)
    return Package(archive, {info.filename.replace("\\", "/"): info for info in archive.infolist()})


def parse_part(data: bytes) -> etree._Element:
    """The root of an XML part. Raises RefusalError `damaged_file`: not well-formed, too deep, or declares entities."""
    if _DECLARATION.search(data, 0, _HEAD):
        raise RefusalError("damaged_file", "a part declares a document type or entities")
    if data.find(_STRICT, 0, _HEAD) >= 0:
        for strict, usual in _NAME_SPACES.items():
            data = data.replace(strict, usual)
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise RefusalError("damaged_file", f"a part is no well-formed XML: {error.msg}") from error
