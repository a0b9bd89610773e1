{{ failures_of("parse_suspect") }}
