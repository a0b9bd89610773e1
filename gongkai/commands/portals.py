"""`gongkai portals`: checks the register of portals, and proposes entries for it."""

import yaml
from rich.text import Text

from crawler.addresses import AddressError
from crawler.portals import Portal, count_statuses, read_register
from gongkai.commands.console import clean_text, open_console, print_error, print_warning
from gongkai.crawling import DiscoveryError, discover_portal
from gongkai.linking.expected import EXPECTED_AGENCIES, read_expected_agencies
from gongkai.messages import Language, say
from gongkai.settings import read_settings

EXIT_DONE, EXIT_FAILED = 0, 1
PROPOSED = ("id", "name", "region_code", "site_code", "hosts", "family", "starts", "status")


def check_register(language: Language) -> int:
    """Names every unsound record, or says how many portals there are; 1 when one is unsound or there is none.

    The decisions on who should report, in the same folder, are looked over, too.
    """
    folder = read_settings().portals
    portals, problems = read_register(folder)
    decisions, unsound = read_expected_agencies(folder)
    for problem in problems:
        place = problem.file if problem.portal is None else f"{problem.file} {problem.portal}"
        print_problem(place, problem.detail, language)
    for line in unsound:
        print_problem(f"{EXPECTED_AGENCIES}:{line.line_no}", line.detail, language)
    if problems or unsound or not portals:
        if not portals and not problems and not unsound:
            print_error(language, say("portals.check.none", language, folder=folder))
        return EXIT_FAILED
    counted = sorted(count_statuses(portals).items())
    statuses = say("crawl.joiner", language).join(f"{say(f'register.{name}', language)} {no}" for name, no in counted)
    line = say("portals.check.sound", language, folder=folder, count=len(portals), statuses=statuses)
    open_console().print(Text(line), soft_wrap=True)
    if decisions:
        line = say("portals.check.expected", language, file=folder / EXPECTED_AGENCIES, count=len(decisions))
        open_console().print(Text(line), soft_wrap=True)
    return EXIT_DONE


def print_problem(place: str, detail: str, language: Language) -> None:
    """One unsound record on standard error."""
    message = say("portals.check.problem", language, place=place, detail=detail)
    print_error(language, message, say("portals.check.problem.hint", language))


def discover_columns(url: str, language: Language) -> int:
    """Prints a proposed entry as YAML; 1 when the address is none or does not answer."""
    try:
        proposal = discover_portal(url, read_settings())
    except AddressError as error:
        message = say("portals.discover.no_address", language, detail=error)
        print_error(language, message, say("portals.discover.no_address.hint", language))
        return EXIT_FAILED
    except DiscoveryError as error:
        status = say(f"portal.{error.result.status}", language)
        message = say("portals.discover.no_answer", language, status=status, detail=error.result.detail)
        print_error(language, message, say("portals.discover.no_answer.hint", language))
        return EXIT_FAILED
    open_console().print(Text(clean_text(write_entry(proposal.portal))), soft_wrap=True)
    if not proposal.found_columns:
        hint = say("portals.discover.no_column.hint", language)
        print_warning(language, say("portals.discover.no_column", language), hint)
    for address in proposal.elsewhere:
        message = say("portals.discover.elsewhere", language, address=address)
        print_warning(language, message, say("portals.discover.elsewhere.hint", language))
    return EXIT_DONE


def write_entry(portal: Portal) -> str:
    """One record as it stands in the register."""
    record = portal.model_dump(mode="json", include=set(PROPOSED), exclude_none=True)
    ordered = {name: record[name] for name in PROPOSED if name in record}
    return yaml.safe_dump([ordered], allow_unicode=True, sort_keys=False).rstrip()
