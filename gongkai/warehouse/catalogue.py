"""The catalogue: dbt docs as one page, published beside the tables it describes."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from gongkai.home import Home
from gongkai.warehouse.checksums import Checksums, describe_file, has_files, read_checksums, write_checksums
from gongkai.warehouse.publish import PublishError, replace_file


@dataclass(frozen=True, slots=True)
class CatalogueSummary:
    """Where the catalogue is; `changed` is false when it belonged to the published tables already."""

    changed: bool
    path: Path


def needs_catalogue(home: Home) -> bool:
    """Whether the catalogue in place was made for other tables than those published, or is missing."""
    published = read_checksums(home)
    if published is None:
        return True
    return published.catalogue_fingerprint != _name_build(published) or not has_files(home, published)


def publish_catalogue(home: Home, static_index: Path) -> CatalogueSummary:
    """Copies the page to its place by rename and enters it in `checksums.json`, once for each published build.

    The page carries the time it was made, so it is not compared by content. Raises `FileNotFoundError` without the
    page, and `PublishError` before the tables are published.
    """
    published = read_checksums(home)
    if published is None:
        raise PublishError("no tables are published\nhint: publish the warehouse before its catalogue")
    if not needs_catalogue(home):
        return CatalogueSummary(False, home.catalogue)
    home.catalogue.parent.mkdir(parents=True, exist_ok=True)
    part = home.catalogue.with_name(f".{home.catalogue.name}.part")
    shutil.copyfile(static_index, part)
    replace_file(part, home.catalogue)
    page = describe_file(home, home.catalogue)
    others = tuple(file for file in published.files if file.file != page.file)
    update = {"files": (*others, page), "catalogue_fingerprint": _name_build(published)}
    write_checksums(home, published.model_copy(update=update))
    return CatalogueSummary(True, home.catalogue)


def _name_build(published: Checksums) -> str:
    return f"{published.load_fingerprint}-{published.project_fingerprint}"
