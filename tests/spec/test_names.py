"""Written names become bodies of their time, and bodies of their time become those of today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import NameIndex, fold, successor_on
from resolution_monitor.period import year_period


@pytest.mark.parametrize(
    ("written", "group", "year", "expected"),
    [
        ("BẮC CẠN", "province", 2013, "T63-06"),  # the plan of 2013 writes it so
        (" BẮC KẠN", "province", 2013, "T63-06"),  # the final account so
        ("LAO CAI", "province", 2012, "T63-10"),
        ("ĐĂK LĂK", "province", 2013, "T63-66"),
        ("ĐẮC NÔNG", "province", 2013, "T63-67"),
        ("THỪA THIÊN - HUẾ", "province", 2013, "T46"),
        ("HỒ CHÍ MINH", "province", 2013, "T63-79"),
        ("TP. HỒ CHÍ MINH", "province", 2013, "T63-79"),
        ("TP. Hồ Chí Minh", "province", 2026, "T79"),  # the same name, another body
        ("An Giang", "province", 2013, "T63-89"),
        ("An Giang", "province", 2026, "T91"),  # 91 was Kiên Giang's code until 30 June 2025
        ("Quảng Nam", "province", 2026, None),
        ("Hà Tây", "province", 2008, "T64-HATAY"),  # ended within the year
        ("Hà Tây", "province", 2009, None),
        ("Uỷ ban Dân tộc", "central", 2013, "UBDT"),
        ("Bộ Lao động - TB&Xã hội", "central", 2013, "BLDTBXH"),
        ("Bộ Văn hóa, Thể thao & Du lịch", "central", 2013, "BVHTTDL"),
        ("TW Đoàn TN cộng sản HCM", "central", 2013, "TWDTN"),
        ("Văn phòng Chủ tịch nước\nPresident's Office", "central", 2010, "VPCTN"),
        ("Văn phòng Chính phủ - Government Office", "central", 2009, "VPCP"),
        ("Bộ Kế hoạch và Đầu tư", "central", 2026, None),
        ("Đại học Quốc gia Hà Nội", "central", 2013, None),  # not among the bodies that report
        ("Bộ Y tế", "province", 2013, None),
        ("Bến Tre", "central", 2013, None),
        ("", "province", 2013, None),
        ("UBND tỉnh Lào Cai", "province_body", 2026, "T15-UBND"),
        ("Ủy ban nhân dân tỉnh Lào Cai", "province_body", 2026, "T15-UBND"),
        ("UBND TP. Hồ Chí Minh", "province_body", 2026, "T79-UBND"),
        ("Thành ủy TP Hồ Chí Minh", "province_body", 2026, "T79-TU"),
        ("Thành ủy Hồ Chí Minh", "province_body", 2026, "T79-TU"),
        ("Tỉnh uỷ An Giang", "province_body", 2026, "T91-TU"),
        ("HĐND thành phố Hà Nội", "province_body", 2013, "T01-HDND"),
        ("Hội đồng nhân dân TP Huế", "province_body", 2026, "T46-HDND"),
        ("Đoàn đại biểu Quốc hội tỉnh Nghệ An", "province_body", 2026, "T40-DDBQH"),
        ("Ủy ban MTTQ VN tỉnh Sơn La", "province_body", 2026, "T14-MTTQ"),
        ("UBND tỉnh Quảng Nam", "province_body", 2026, None),  # went to Đà Nẵng
        ("UBND tỉnh Lào Cai", "province_body", 2013, None),  # another Lào Cai, which did not report to us
        ("UBND tỉnh Lào Cai", "province", 2026, None),
        ("Lào Cai", "province_body", 2026, None),
        ("UBND tỉnh Lào Cai", "central", 2026, None),
    ],
)
def test_resolve(catalogue: Catalogue, written: str, group: str, year: int, expected: str | None):
    """
    A name is the body that bore it in the period, or nobody; nothing is guessed.
    """
    body = NameIndex(catalogue, group).resolve(written, year_period(year))  # type: ignore[arg-type]

    assert expected == (body.agency_id if body else None)


@pytest.mark.parametrize(
    ("agency_id", "day", "expected"),
    [
        ("T63-49", date(2025, 6, 30), "T63-49"),
        ("T63-49", date(2025, 7, 1), "T48"),  # Quảng Nam went to Đà Nẵng
        ("T46", date(2026, 1, 1), "T46"),
        ("T64-HATAY", date(2008, 8, 1), "T01"),
        ("BGTVT", date(2025, 3, 1), "BXD"),
    ],
)
def test_successor(catalogue: Catalogue, agency_id: str, day: date, expected: str):
    """
    Succession holds from its own day on.
    """
    assert expected == successor_on(catalogue, agency_id, day)


def test_sixty_three_become_thirty_four(catalogue: Catalogue):
    """
    The 63 provinces before 1 July 2025 and only they lead to the 34 of today.
    """
    before = [
        body.agency_id
        for body in catalogue.bodies.values()
        if body.group == "province" and body.exists_in(date(2025, 6, 30), date(2025, 6, 30))
    ]
    after = {successor_on(catalogue, agency_id, date(2025, 7, 1)) for agency_id in before}

    assert 63 == len(before)
    assert 34 == len(after)
    assert all(catalogue.bodies[agency_id].exists_in(date(2026, 1, 1), date(2026, 1, 1)) for agency_id in after)


@given(st.text())
def test_fold_settles(text: str):
    """
    Folding what is folded changes nothing.
    """
    assert fold(text) == fold(fold(text))


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("Đà Nẵng", "Ðà Nẵng"), ("UỶ BAN", "Ủy ban"), ("A&B", "a và b")]
)
def test_fold_unites(one: str, other: str):
    """
    Writings that differ only in place of tone, in look-alike letters or in case are one.
    """
    assert fold(one) == fold(other)
