{{ failures_of("unusual") }}
