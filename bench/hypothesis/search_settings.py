"""What both benchmarks ask of Hypothesis: find and shrink one failure, from the seed alone."""

from hypothesis import HealthCheck, Phase, settings


def search(**own):
    """Settings of a search that leaves nothing on disk and is stopped by its examples only."""
    return settings(
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        **own,
    )
