class Error(Exception): ...
class BadRarFile(Error): ...
class PasswordRequired(BadRarFile): ...
class BadPassword(BadRarFile): ...
class UnsupportedRarFeature(BadRarFile): ...

class ReadOptions:
    def __init__(
        self,
        *,
        max_member_output_bytes: int | None = None,
        max_total_output_bytes: int | None = None,
        max_reader_workspace_bytes: int | None = None,
        rar50_dictionary_size_limit: int | None = None,
        max_header_count: int | None = None,
        max_header_bytes: int | None = None,
    ) -> None: ...

class RarInfo:
    filename: str
    orig_filename_bytes: bytes | None
    compress_size: int
    file_size: int
    is_encrypted: bool
    is_solid: bool
    is_split_before: bool
    is_split_after: bool
    def is_dir(self) -> bool: ...

class RarFile:
    @staticmethod
    def from_bytes(data: bytes, password: str | None = None, *, options: ReadOptions | None = None) -> RarFile: ...
    def infolist(self) -> list[RarInfo]: ...
    def read(self, name: RarInfo | str, pwd: str | None = None, *, options: ReadOptions | None = None) -> bytes: ...

class RarBuilder:
    def __init__(
        self,
        format: str = "rar50",
        compression: int = 3,
        store: bool = False,
        solid: bool = False,
        password: str | None = None,
        encrypt_headers: bool = False,
        volume_size: int | None = None,
    ) -> None: ...
    def add_bytes(self, data: bytes, arcname: str) -> None: ...
    def to_bytes(self) -> bytes: ...
    def write_volumes(self, first_path: str) -> None: ...
