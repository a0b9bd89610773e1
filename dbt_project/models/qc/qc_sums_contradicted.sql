{{ failures_of("source_error") }}
