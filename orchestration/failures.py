"""What a failed step says: which one, why, and what to do; the same in Dagster's log and on the command line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import dagster as dg
from dagster._core.errors import DagsterExecutionInterruptedError
from dagster._utils.error import SerializableErrorInfo

from orchestration.texts import load_texts

# What a `Failure` of ours carries, so that a caller need not take its text apart.
PROBLEM = "problem"
INTERRUPTS = (DagsterExecutionInterruptedError.__name__, KeyboardInterrupt.__name__)
FAILED_STATUSES = ("error", "fail", "runtime error")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages."""

    zh: str
    en: str

    @classmethod
    def same(cls, text: str) -> "Bilingual":
        """A text that is the same in every language: a path, a name, another program's words."""
        return cls(text, text)

    def say(self, language: Literal["zh", "en"]) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class StepProblem:
    """Why a run failed: the step (null when no step was to blame), what went wrong, what to do."""

    step: str | None
    message: Bilingual
    details: tuple[Bilingual, ...]
    hint: Bilingual


def read_dbt_failures(run_results: Path, manifest: Mapping[str, Any]) -> tuple[Bilingual, ...]:
    """The nodes that failed in a `dbt build`, each with kind, name, file and dbt's message; none without results.

    A model that stopped the build by the macro `stop_build` speaks for itself.
    """
    if not run_results.is_file():
        return ()
    results = json.loads(run_results.read_bytes())["results"]
    failed = [result for result in results if result["status"] in FAILED_STATUSES]
    return tuple(_describe_result(result, manifest["nodes"][result["unique_id"]]) for result in failed)


def fail_step(message: str, hint: str, details: Sequence[Bilingual] = ()) -> dg.Failure:
    """The exception that ends a step, its message and hint from `texts.yml`; it is not tried again."""
    said, advice = load_texts()[message], load_texts()[hint]
    lines = [f"{said['zh']} | {said['en']}"]
    lines += [detail.zh if detail.zh == detail.en else f"{detail.zh} | {detail.en}" for detail in details]
    lines += [f"提示：{advice['zh']}", f"hint: {advice['en']}"]
    problem = {"message": dict(said), "hint": dict(advice), "details": [[each.zh, each.en] for each in details]}
    return dg.Failure("\n".join(lines), metadata={PROBLEM: dg.MetadataValue.json(problem)}, allow_retries=False)


def is_interrupted(result: dg.ExecuteInProcessResult) -> bool:
    """Whether the run ended because somebody interrupted it."""
    errors = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    return any(error is not None and error.cls_name in INTERRUPTS for error in errors)


def read_step_problems(result: dg.ExecuteInProcessResult) -> tuple[StepProblem, ...]:
    """The failed steps of a run in their order; of a run that failed outside its steps, that failure."""
    if result.success:
        return ()
    problems = tuple(_describe_failed_step(event) for event in result.all_events if event.is_step_failure)
    if problems:
        return problems
    errors = [event.job_failure_data.error for event in result.all_events if event.is_job_failure]
    return tuple(_describe_error(None, error) for error in errors)


def _describe_failed_step(event: dg.DagsterEvent) -> StepProblem:
    data = event.step_failure_data
    own = data.user_failure_data
    if own is None or PROBLEM not in own.metadata:
        return _describe_error(event.step_key, data.error)
    problem: Any = own.metadata[PROBLEM].value
    details = tuple(Bilingual(zh, en) for zh, en in problem["details"])
    return StepProblem(event.step_key, Bilingual(**problem["message"]), details, Bilingual(**problem["hint"]))


def _describe_error(step: str | None, error: SerializableErrorInfo | None) -> StepProblem:
    while error is not None and error.cause is not None:
        error = error.cause
    texts = load_texts()
    details = () if error is None else (Bilingual.same(error.message.strip()),)
    return StepProblem(step, Bilingual(**texts["step.unknown"]), details, Bilingual(**texts["hint.unknown"]))


def _describe_result(result: Mapping[str, Any], node: Mapping[str, Any]) -> Bilingual:
    message = " ".join((result["message"] or "no message").split())
    _, is_ours, texts = message.partition("[zh] ")
    if is_ours:
        zh, _, rest = texts.partition(" [en] ")
        return Bilingual(zh, rest.partition(" [.]")[0])
    return Bilingual.same(f"{node['resource_type']} `{node['name']}` ({node['original_file_path']}): {message}")
