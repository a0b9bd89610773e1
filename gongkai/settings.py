"""What a user can set, through the environment (prefix `GONGKAI_`) or a caller."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Every setting with its default; `GONGKAI_WORKERS=4` sets `workers`. Frozen: make a new one to change it."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_ignore_empty=True, frozen=True)

    home: Path = Field(
        default=PROJECT_ROOT / "data" / "home",
        description="the home folder: documents, caches, warehouse and published files",
    )
    language: Literal["zh", "en"] | None = Field(
        default=None, description="language of messages; without it the locale decides"
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=0,
        description="processes that read documents; 0 reads in this process, without a limit of time",
    )
    batch_size: int = Field(default=2000, ge=1, le=20000, description="documents in one file of the parsed cache")
    max_bytes: int | None = Field(
        default=None,
        ge=1,
        description="documents with more bytes are not read; without it the carriers' own limit holds",
    )
    document_seconds: float = Field(
        default=120.0, gt=0, description="how long one document may be read before it is given up as `parser_timeout`"
    )
    allow_fewer_rows: bool = Field(
        default=False,
        description="publish although a report year of the last published file is missing or has lost rows",
    )
    max_row_loss_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="rows of a report year may fall by this share of the last published file before the gate refuses",
    )
    max_failed_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="share of documents that may break the parser before the gate refuses (from 20 documents on)",
    )

    portals: Path = Field(
        default=PROJECT_ROOT / "data" / "portals", description="the folder with the register of portals"
    )
    contact: str | None = Field(
        default=None, description="whom portals may write to about the crawl: an address of mail or of a page"
    )
    crawl_private_addresses: bool = Field(
        default=False,
        description="let the crawl ask hosts in private networks: for tests and for portals of one's own",
    )
    crawl_max_bytes: int = Field(default=100_000_000, ge=1, description="answers with more bytes are given up")
    crawl_timeout_seconds: float = Field(default=60.0, gt=0, description="how long one answer may take as a whole")
    crawl_patience_seconds: float = Field(
        default=600.0, gt=0, description="how long a crawl waits for a portal that asks for patience; then it is left"
    )
    crawl_pages: int = Field(default=20_000, ge=1, description="requests to one portal in one crawl")
    crawl_warc: bool = Field(default=False, description="keep every answer in WARC files too")

    @field_validator("home", "portals")
    @classmethod
    def _expand_user(cls, folder: Path) -> Path:
        return folder.expanduser()


def read_settings(**overrides: object) -> Settings:
    """The settings of the environment, with what the caller names put over them; a null override is not one."""
    given = {name: value for name, value in overrides.items() if value is not None}
    return Settings.model_validate({**Settings().model_dump(), **given})
