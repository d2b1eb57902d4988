"""What `wanjia check` costs: CPU milliseconds a need, on the office of WANJIA_VAR (read only).

    WANJIA_VAR=… python -m benchmarks.bench_check
"""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")


def main():
    """Check once; print how much there was, how much differs and what a need cost."""
    import django

    django.setup()
    from wanjia.casework.models import Need, Step
    from wanjia.orgs.checking.queries import differences

    needs, lines = Need.objects.count(), Step.objects.count()
    start = time.process_time()
    found = sum(1 for _one in differences())
    spent = (time.process_time() - start) * 1000
    print(f"needs {needs}  lines {lines}  differences {found}  CPU ms/need {spent / needs:.2f}  ms/line {spent / lines:.3f}")


if __name__ == "__main__":
    main()
