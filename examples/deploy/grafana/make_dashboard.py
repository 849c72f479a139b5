"""Writes dashboard.json, for Grafana 9 and later: python make_dashboard.py"""

import json
from pathlib import Path
from typing import Any

ROWS = 'route=~"transform|invocations"'
WHERE = 'tenant=~"$tenant"'

#: Title, unit, and the queries with their legends; a row of the dashboard each.
PANELS: list[list[tuple[str, str, list[tuple[str, str]]]]] = [
    [
        (
            "Requests",
            "reqps",
            [(f"sum by (status) (rate(zeroskew_requests_total{{{ROWS}}}[1m]))", "{{status}}")],
        ),
        (
            "Latency",
            "s",
            [
                (
                    (
                        f"histogram_quantile({q}, sum by (le)"
                        f" (rate(zeroskew_request_seconds_bucket{{{ROWS}}}[1m])))"
                    ),
                    f"p{q * 100:g}",
                )
                for q in (0.5, 0.99)
            ],
        ),
        (
            "Rows",
            "rowsps",
            [
                ("sum(rate(zeroskew_rows_total[1m]))", "all"),
                ("sum(rate(zeroskew_rows_failed_total[1m]))", "failed"),
                ("sum(rate(zeroskew_rows_cached_total[1m]))", "cached"),
            ],
        ),
    ],
    [
        (
            "Drifted features",
            "none",
            [(f"max by (feature) (zeroskew_feature_drifted{{{WHERE}}})", "{{feature}}")],
        ),
        (
            "Evidence of drift",
            "none",
            [(f"max by (feature) (zeroskew_feature_evalue{{{WHERE}}})", "{{feature}}")],
        ),
        (
            "Distance from the baseline",
            "none",
            [
                (
                    f"max by (feature, measure) (zeroskew_feature_distance{{{WHERE}}})",
                    "{{feature}}, {{measure}}",
                )
            ],
        ),
    ],
    [
        (
            "Missing values",
            "percentunit",
            [(f"avg by (feature) (zeroskew_feature_missing_share{{{WHERE}}})", "{{feature}}")],
        ),
        (
            "New values",
            "percentunit",
            [(f"avg by (feature) (zeroskew_feature_new_share{{{WHERE}}})", "{{feature}}")],
        ),
        (
            "Median, between its bounds",
            "none",
            [
                (
                    (
                        "avg by (feature, bound)"
                        f' (zeroskew_feature_quantile{{{WHERE},q="0.5"}})'
                    ),
                    "{{feature}} {{bound}}",
                )
            ],
        ),
    ],
    [
        (
            "Policies",
            "none",
            [(f"count by (role, digest) (zeroskew_policy_info{{{WHERE}}})", "{{role}} {{digest}}")],
        ),
        (
            "Breakers that are open",
            "none",
            [(f"max by (role) (zeroskew_breaker_open{{{WHERE}}})", "{{role}}")],
        ),
        (
            "Rows that a shadow answers otherwise",
            "percentunit",
            [
                (
                    (
                        "sum(rate(zeroskew_shadow_differences_total[5m]))"
                        " / sum(rate(zeroskew_shadow_rows_total[5m]))"
                    ),
                    "share",
                )
            ],
        ),
    ],
]


def panel(
    id: int, title: str, unit: str, queries: list[tuple[str, str]], x: int, y: int
) -> dict[str, Any]:
    return {
        "id": id,
        "title": title,
        "type": "timeseries",
        "datasource": {"type": "prometheus", "uid": "${source}"},
        "gridPos": {"h": 8, "w": 8, "x": x, "y": y},
        "fieldConfig": {"defaults": {"unit": unit}, "overrides": []},
        "targets": [
            {"refId": chr(65 + at), "expr": expression, "legendFormat": legend}
            for at, (expression, legend) in enumerate(queries)
        ],
    }


def dashboard() -> dict[str, Any]:
    panels = [
        panel(3 * row + column + 1, *one, 8 * column, 8 * row)
        for row, line in enumerate(PANELS)
        for column, one in enumerate(line)
    ]
    variables = [
        {"name": "source", "type": "datasource", "query": "prometheus", "label": "Source"},
        {
            "name": "tenant",
            "type": "query",
            "datasource": {"type": "prometheus", "uid": "${source}"},
            "query": "label_values(zeroskew_policy_info, tenant)",
            "includeAll": True,
            "refresh": 2,
            "label": "Tenant",
        },
    ]
    return {
        "uid": "zeroskew-server",
        "title": "zeroskew server",
        "schemaVersion": 38,
        "version": 1,
        "refresh": "10s",
        "time": {"from": "now-1h", "to": "now"},
        "templating": {"list": variables},
        "panels": panels,
    }


if __name__ == "__main__":
    text = json.dumps(dashboard(), indent=1) + "\n"
    Path(__file__).with_name("dashboard.json").write_text(text, encoding="utf-8")
