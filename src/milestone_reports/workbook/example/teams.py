"""The four made-up teams of `init --example`: eight people on new business, three each on the other kinds of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from milestone_reports.workbook.example.kinds import AS_OF, ExampleKind, Gate, SampleRep, SampleTeam, Slump, Source
from milestone_reports.workbook.starter.sheets import Row

PUBLIC_HOLIDAY = "Public holiday"


def holidays(*days: date) -> Sequence[Row]:
    """Single days off for everyone."""
    return [{"From": day, "To": day, "Reason": PUBLIC_HOLIDAY} for day in days]


AMERICAN_HOLIDAYS = holidays(
    *(date(2024, month, day) for month, day in ((11, 28), (11, 29), (12, 25))),
    *(date(2025, month, day) for month, day in ((1, 1), (5, 26), (7, 4), (9, 1), (11, 27), (11, 28), (12, 25))),
    *(date(2026, month, day) for month, day in ((1, 1), (5, 25), (7, 3), (9, 7), (11, 26), (11, 27), (12, 25))),
)

BRITISH_HOLIDAYS = holidays(
    *(date(2025, month, day) for month, day in ((8, 25), (12, 25), (12, 26))),
    *(date(2026, month, day) for month, day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))),
)

IRISH_HOLIDAYS = holidays(
    *(date(2025, month, day) for month, day in ((8, 4), (10, 27), (12, 25), (12, 26))),
    *(date(2026, month, day) for month, day in ((1, 1), (2, 2), (3, 17), (4, 6), (5, 4), (6, 1), (8, 3), (10, 26))),
    date(2026, 12, 25),
)

NEW_BUSINESS = SampleTeam(
    name="Tarnbrook Industrial",
    prefix="TB",
    track="New business",
    history_from=date(2024, 10, 1),
    has_flaws=True,
    rates=({"Currency": "EUR", "Rate": 1.09},),
    gates=(
        Gate(
            "Qualification",
            "A need worth solving, a budget and a person who decides are known; both want to go on.",
            ("Notes of the first call", "Budget and date confirmed by e-mail", "Agenda agreed with the plant manager"),
        ),
        Gate(
            "Discovery",
            "The client has confirmed in writing what is to be achieved, by when, and what it is worth.",
            ("Summary confirmed by e-mail", "Workshop minutes, signed off", "Plant visit report"),
            passes=0.72,
            days=19,
        ),
        Gate(
            "Proof",
            "The client has seen that it works on their own case, and has said so.",
            ("Trial report accepted", "Reference visit, confirmed by e-mail", "Test run passed, protocol signed"),
            evidence_required=True,
            passes=0.69,
            days=27,
        ),
        Gate(
            "Contract",
            "The contract is signed by both sides.",
            ("Signed contract", "Purchase order", "Countersigned offer"),
            evidence_required=True,
            passes=0.55,
            days=24,
        ),
    ),
    reps=(
        SampleRep("Hannah Whitlock", 600_000, 50_000, pace=1.04, strengths=(0.05, 0.0, -0.03)),
        SampleRep(
            "Zoë Lindqvist",
            720_000,
            60_000,
            pace=1.12,
            strengths=(-0.08, 0.05, 0.06),
            slump=Slump("Discovery", since=date(2026, 8, 24), strength=-0.5),
        ),
        SampleRep("Maximiliane Theodora von Hohenberg-Westerkamp", 480_000, 48_000, pace=1.0, slowness=1.15),
        SampleRep("Daniel Okafor", 750_000, 50_000, pace=0.92, strengths=(0.04, -0.28, 0.0), never_closed=0.12),
        SampleRep("Marcus Bell", 540_000, 60_000, pace=0.76, strengths=(-0.04, 0.02, -0.05), slowness=1.2),
        SampleRep("Sofia Marchetti", 660_000, 60_000, pace=1.15, strengths=(0.03, 0.06, 0.04), slowness=0.85),
        SampleRep("Tom Averill", 600_000, 60_000, pace=1.22, slowness=0.9, start_on=date(2026, 7, 1)),
        SampleRep("Grace Adeyemi", 600_000, 50_000, pace=0, start_on=date(2026, 11, 17)),
    ),
    settings={
        "Currency": "USD",
        "Locale": "en_US",
        "Team annual target": 4_300_000,
        "Annual target per rep": 600_000,
        "Average contract value": 50_000,
        "Manager": "Ruth Calloway",
    },
    time_off=(
        *AMERICAN_HOLIDAYS,
        {"Rep": "Sofia Marchetti", "From": date(2026, 8, 3), "To": date(2026, 8, 14), "Reason": "Holiday"},
        {"Rep": "Hannah Whitlock", "From": date(2026, 10, 12), "To": date(2026, 10, 16), "Reason": "Holiday"},
    ),
    subjects=(
        "Second packaging line",
        "Gearbox retrofit",
        "Pump replacement",
        "Dosing station",
        "Conveyor control",
        "Spare parts contract",
        "Energy monitoring",
        "Palletiser cell",
        "Filter upgrade",
        "Drive modernisation",
        "Cooling circuit",
        "Mixing plant",
        "Leak detection",
        "Bottling line",
        "Compressor overhaul",
        "Weighing system",
    ),
    branches=("Steel", "Foods", "Paper", "Chemicals", "Ceramics", "Dairies", "Glass", "Mills", "Plastics", "Brewing"),
    sources=(
        Source("Website", share=1.2, strength=0.04),
        Source("Referral", share=1.0, strength=0.1),
        Source("Trade fair", share=1.8, strength=-0.09),
        Source("Partner", share=0.8, strength=0.02),
        Source("Outbound", share=1.2, strength=-0.01),
    ),
)

EXISTING_CLIENTS = SampleTeam(
    name="Fernhollow Print",
    prefix="FP",
    track="Existing clients",
    history_from=date(2025, 7, 1),
    gates=(
        Gate(
            "Account review",
            "The client has gone through the past year with us and named what should change.",
            ("Review minutes", "Review deck, confirmed by e-mail"),
        ),
        Gate(
            "Proposal agreed",
            "Scope, price and date are agreed; only the order is missing.",
            ("Agreed proposal", "Confirmed by e-mail"),
            passes=0.58,
            days=21,
        ),
        Gate(
            "Order",
            "The order is placed.",
            ("Order confirmation", "Purchase order"),
            evidence_required=True,
            passes=0.56,
            days=18,
        ),
    ),
    reps=(
        SampleRep("Oliver Pask", 320_000, 40_000, pace=1.02),
        SampleRep("Niamh Corrigan", 360_000, 40_000, pace=1.08, strengths=(0.04, 0.05)),
        SampleRep("Imran Siddiqui", 300_000, 37_500, pace=0.86, strengths=(-0.05, 0.02)),
    ),
    settings={
        "Currency": "GBP",
        "Locale": "en_GB",
        "Annual target per rep": 320_000,
        "Average contract value": 40_000,
        "Manager": "Helen Strand",
    },
    time_off=(
        *BRITISH_HOLIDAYS,
        {"Rep": "Oliver Pask", "From": date(2026, 8, 10), "To": date(2026, 8, 21), "Reason": "Holiday"},
    ),
    subjects=(
        "Annual catalogue",
        "Label renewal",
        "Second site",
        "Framework contract",
        "Packaging redesign",
        "Web shop print",
    ),
    branches=("Books", "Cosmetics", "Hotels", "Museum", "Wines", "Publishing", "Gardens"),
    sources=(
        Source("Annual review", share=1.5),
        Source("Service call", strength=-0.05),
        Source("Referral", strength=0.04),
        Source("Renewal", share=0.8, strength=0.06),
    ),
)

BUSINESS_DEVELOPMENT = SampleTeam(
    name="Kestrel Analytics",
    prefix="KA",
    track="Business development",
    history_from=date(2025, 7, 1),
    gates=(
        Gate("Introduction", "Both sides have met and named a shared interest.", ("Meeting note",)),
        Gate(
            "Need confirmed",
            "The other side has described in writing what they want to reach together.",
            ("Confirmed by e-mail", "Need described in their own paper"),
            passes=0.78,
            days=18,
        ),
        Gate(
            "Joint plan",
            "Steps, people and dates are written down and accepted by both.",
            ("Joint plan, version 1", "Plan accepted by e-mail"),
            passes=0.74,
            days=26,
        ),
        Gate(
            "Terms agreed",
            "Price, duration and responsibilities are settled.",
            ("Term sheet", "Terms confirmed by e-mail"),
            evidence_required=True,
            passes=0.72,
            days=24,
        ),
        Gate(
            "Agreement signed",
            "The agreement is signed by both sides.",
            ("Signed agreement",),
            evidence_required=True,
            passes=0.70,
            days=20,
        ),
    ),
    reps=(
        SampleRep("Ciara Maguire", 720_000, 120_000, pace=1.08, strengths=(0.03, 0.0, 0.0, 0.04)),
        SampleRep("Łukasz Wrona", 600_000, 120_000, pace=1.0, slowness=1.1),
        SampleRep("Beatriz Salgado", 840_000, 140_000, pace=1.1, strengths=(0.0, -0.05, 0.04, 0.0)),
    ),
    settings={
        "Currency": "EUR",
        "Locale": "en_IE",
        "Annual target per rep": 720_000,
        "Average contract value": 120_000,
        "Manager": "Declan Roche",
    },
    time_off=(
        *IRISH_HOLIDAYS,
        {"Rep": "Ciara Maguire", "From": date(2026, 7, 20), "To": date(2026, 7, 31), "Reason": "Holiday"},
    ),
    subjects=(
        "Data exchange",
        "Joint offer",
        "Regional launch",
        "Licence agreement",
        "Research alliance",
        "Shared platform",
    ),
    branches=("Insurance", "Logistics", "Energy", "Health", "Telecom", "Bank"),
    sources=(
        Source("Conference", share=1.6, strength=-0.04),
        Source("Referral", strength=0.06),
        Source("Board contact", share=0.8, strength=0.05),
        Source("Outbound", strength=-0.02),
    ),
)

PARTNER_RECRUITMENT = SampleTeam(
    name="Bluepeak Software",
    prefix="BP",
    track="Partner recruitment",
    history_from=date(2025, 7, 1),
    counts_sales=True,
    gates=(
        Gate(
            "Fit confirmed", "Both sides see clients whom only the two can serve together.", ("Call notes", "Fit sheet")
        ),
        Gate(
            "Business case",
            "The partner has a business case of their own for the first year.",
            ("Business case, agreed", "Confirmed by e-mail"),
            passes=0.70,
            days=22,
        ),
        Gate(
            "Team trained",
            "Two of the partner's people have passed the training.",
            ("Certificates", "Training record"),
            evidence_required=True,
            passes=0.68,
            days=28,
        ),
        Gate(
            "Partner signed",
            "The partner agreement is signed by both sides.",
            ("Signed agreement",),
            evidence_required=True,
            passes=0.66,
            days=18,
        ),
    ),
    reps=(
        SampleRep("Amara Osei", 8, pace=1.05, strengths=(0.04, 0.0, 0.0)),
        SampleRep("Jonas Falk", 8, pace=0.95),
        SampleRep("Priscilla Núñez", 6, pace=0.9, strengths=(-0.04, 0.0, 0.05)),
    ),
    settings={
        "Currency": "USD",
        "Locale": "en_US",
        "Paper": "Letter",
        "Annual target per rep": None,
        "Average contract value": None,
        "Manager": "Victor Lund",
    },
    time_off=(
        *AMERICAN_HOLIDAYS,
        {"Rep": "Jonas Falk", "From": date(2026, 9, 14), "To": date(2026, 9, 25), "Reason": "Holiday"},
    ),
    subjects=("Reseller", "Implementation partner", "Referral partner", "Managed service", "Regional partner"),
    branches=("Consulting", "Systems", "Digital", "Networks", "Solutions", "Advisors"),
    sources=(
        Source("Partner event", share=1.4, strength=-0.02),
        Source("Inbound request"),
        Source("Client's wish", share=0.8, strength=0.08),
        Source("Outbound", strength=-0.05),
    ),
)

TEAMS: Mapping[ExampleKind, SampleTeam] = {
    ExampleKind.NEW_BUSINESS: NEW_BUSINESS,
    ExampleKind.EXISTING_CLIENTS: EXISTING_CLIENTS,
    ExampleKind.BUSINESS_DEVELOPMENT: BUSINESS_DEVELOPMENT,
    ExampleKind.PARTNER_RECRUITMENT: PARTNER_RECRUITMENT,
}


def about(team: SampleTeam, day: date = AS_OF) -> Sequence[str]:
    """What the Instructions say first: that all of this is made up."""
    return (
        f"This is an example: {team.name} is a made-up team, as it stood on Sunday {day.day} {day:%B %Y}.",
        "All names, clients and figures are invented. For your own workbook run: milestone-reports init my-team.xlsx",
    )
