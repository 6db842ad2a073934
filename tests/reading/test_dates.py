"""Dates: every form, the order of day and month, and what must not be read."""

import json
import logging
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.reading.dates import days, names_day, readings


def read(*values, order=None):
    found = days(pd.Series(values, dtype="str", name="date"), place="a.csv", order=order)
    assert str(found.dtype) == "datetime64[us]"
    return [None if pd.isna(day) else day.date().isoformat() for day in found]


def kind(*values):
    return readings(pd.Series(values, dtype="str"), place="a.csv")["kind"].tolist()


def refusal(*values, order=None):
    with pytest.raises(CorpusError) as caught:
        read(*values, order=order)
    return str(caught.value)


def test_hazards_are_read_as_stated_or_refused(shared_data):
    path = shared_data / "robustness/hazards-dates/cases.dev.jsonl"
    if not path.exists():
        pytest.skip("the shared data are absent")
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        expected = case["expect"]
        if isinstance(expected, str) and expected.startswith("error"):
            refusal(*case["values"])
        elif expected == "1 reported loss":
            assert kind(*case["values"]).count("unread") == 1, case
        else:
            # "error-or-2020-03-03" allows that day or none; "error" and "missing" allow none.
            for found, allowed in zip(read(*case["values"]), expected, strict=True):
                assert (
                    found == allowed or (found is None and not allowed[0].isdigit()) or f"error-or-{found}" == allowed
                )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        # RFC 3339, section 5.8; the second is the 20th in UTC, and the third the leap second of 1990.
        ("1985-04-12T23:20:50.52Z", "1985-04-12"),
        ("1996-12-19T16:39:57-08:00", "1996-12-19"),
        ("1990-12-31T23:59:60Z", "1990-12-31"),
        # XML Schema 1.1, part 2, section 3.3.9: a date with its time zone.
        ("2002-10-10+13:00", "2002-10-10"),
        ("2002-10-10Z", "2002-10-10"),
        # RFC 5322, appendices A.1.1 and A.5 (A.5 without its comment's line break).
        ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21"),
        ("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-13"),
        # RFC 9110, section 5.6.7: the three forms of one day.
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06"),
        # ECMAScript's Date.prototype.toString and the created_at of Twitter's first interface.
        ("Tue Feb 01 2022 00:00:00 GMT+0100 (Central European Standard Time)", "2022-02-01"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10"),
        # The day that stands there, in the forms of archives, agencies and spreadsheets.
        ("2019-07-01", "2019-07-01"),
        (" 2019-07-01 23:59 ", "2019-07-01"),
        ("2019-07-01 9:20 PM ET", "2019-07-01"),
        ("2019/07/01", "2019-07-01"),
        ("2019.7.1", "2019-07-01"),
        ("20190701", "2019-07-01"),
        ("20190701.0", "2019-07-01"),
        ("20190701T235900Z", "2019-07-01"),
        ("20190701235900", "2019-07-01"),
        ("July 1, 2019 Monday 9:20 AM GMT", "2019-07-01"),
        ("July 1, 2019 at 9:20 p.m. EDT", "2019-07-01"),
        ("29 December 2011", "2011-12-29"),
        ("29. Dezember 2011", "2011-12-29"),
        ("Donnerstag, 29. Dezember 2011, 20:15 Uhr", "2011-12-29"),
        ("Dienstag, 3. März 2020 um 20.15 Uhr", "2020-03-03"),
        ("3. M\u0061\u0308rz 2020", "2020-03-03"),
        ("29 décembre 2011", "2011-12-29"),
        ("jeudi 29 décembre 2011 à 20h15", "2011-12-29"),
        ("1er août 2019", "2019-08-01"),
        ("mar. 3 mars 2020", "2020-03-03"),
        ("mar 3 mar 2020", "2020-03-03"),
        ("29 de diciembre de 2011", "2011-12-29"),
        ("29 dic. 2011, 9:20 p. m.", "2011-12-29"),
        ("giovedì 29 dicembre 2011 alle 20:15", "2011-12-29"),
        ("donderdag 29 december 2011 om 20:15 uur", "2011-12-29"),
        ("quinta-feira, 29 de dezembro de 2011 às 20h15", "2011-12-29"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("5 Sept 2024", "2024-09-05"),
        ("5\u00a0SEPT\u00a02024", "2024-09-05"),
        ("the 5th of September, 2024", "2024-09-05"),
        ("2024 Sep 5", "2024-09-05"),
        ("29/02/2020", "2020-02-29"),
        ("03. 03. 2020", "2020-03-03"),
        ("7/7/2019 11:59 PM", "2019-07-07"),
    ],
)
def test_a_date_is_the_day_as_written(written, day):
    assert read(written) == [day]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "blank"),
        ("  ", "blank"),
        (None, "blank"),
        ("July 2019", "imprecise"),
        ("Mar-20", "imprecise"),
        ("July 1", "imprecise"),
        ("5 May, 10 AM", "imprecise"),
        ("2019", "imprecise"),
        ("2019-07", "imprecise"),
        ("07/2019", "imprecise"),
        ("2019-02-30", "impossible"),
        ("2019-13-01", "impossible"),
        ("February 29, 2019", "impossible"),
        ("31/04/2019", "impossible"),
        ("0000-00-00", "impossible"),
        # What databases write for nothing: .NET's least date and Oracle's greatest.
        ("0001-01-01", "impossible"),
        ("9999-12-31", "impossible"),
        # 23:59 UTC is the next day in half of the world.
        ("1583279940", "time stamp"),
        ("1583279940000", "time stamp"),
        # Two days, or a number that is no day.
        ("May 12-13", "unread"),
        ("May 12-13, 2020", "unread"),
        ("March 3 or 4, 2020", "unread"),
        ("2020-03-03 to 2020-03-05", "unread"),
        ("2020-03-03 (updated 2020-03-05)", "unread"),
        ("No. 3, March 2020", "unread"),
        ("Load-Date: March 4, 2020", "unread"),
        ("not a date", "unread"),
        ("May", "imprecise"),
    ],
)
def test_what_names_no_day_gets_none(written, why):
    assert read(written, "2019-07-01") == [None, "2019-07-01"]
    assert kind(written, "2019-07-01") == [why, "ISO"]


def test_one_value_over_12_settles_the_column():
    # Excel's English forms: the 13th can be no month.
    assert read("01/02/2020", "13/02/2020", "2/1/20") == ["2020-02-01", "2020-02-13", "2020-01-02"]
    assert read("01/02/2020", "02/13/2020", "2/1/20") == ["2020-01-02", "2020-02-13", "2020-02-01"]


def test_an_impossible_date_settles_nothing():
    assert "'01/02/2020' may be" in refusal("01/02/2020", "31/04/2020")


def test_full_stops_say_nothing_of_strokes():
    # Two sources in one table: 13.02. is German, which does not make 03/04 German.
    assert "'03/04/2020' may be" in refusal("13.02.2020", "03/04/2020")
    assert read("13.02.2020", "02/14/2020") == ["2020-02-13", "2020-02-14"]


def test_undecided_order_is_refused():
    assert refusal("2020-01-01", "03/03/2020", "03/04/2020") == (
        "a.csv, column 'date': '03/04/2020' may be 2020-04-03 (day first) or 2020-03-04 (month first), and no value of the "
        'column settles it; say which with dates="day first" or dates="month first", or write the dates as YYYY-MM-DD'
    )
    assert read("03/04/2020", order="day first") == ["2020-04-03"]
    assert read("03/04/2020", order="month first") == ["2020-03-04"]


def test_contradiction_is_refused():
    assert refusal("13/02/2020", "02/14/2020") == (
        "a.csv, column 'date': '02/14/2020' can only be 2020-02-14 (month first), which contradicts '13/02/2020'; "
        "write the dates as YYYY-MM-DD, or read the files of each form on their own"
    )
    assert 'contradicts dates="day first"' in refusal("02/14/2020", order="day first")


def test_unknown_order_is_refused():
    assert refusal("03/04/2020", order="dmy") == "a.csv: dates='dmy'; allowed are 'day first' and 'month first'"


def test_years_of_two_digits():
    # Alone they mean 1930 to 2029, as in Excel ("How Excel works with two-digit year numbers").
    assert read("3-Mar-20", "3-Mar-29", "3-Mar-30") == ["2020-03-03", "2029-03-03", "1930-03-03"]
    # The full years of the column go first: 1912 and 1920 leave no other century for 16.
    assert read("1912-01-01", "1920-01-01", "3-Mar-16") == ["1912-01-01", "1920-01-01", "1916-03-03"]
    # Between 1900 and 2020, it may be either; beside 2019, 1970 is as far as 2070.
    assert kind("1900-01-01", "2020-01-01", "3-Mar-16")[2] == "century"
    assert kind("2019-01-01", "3-Mar-70") == ["ISO", "century"]
    assert kind("2019-01-01", "30-Feb-20") == ["ISO", "impossible"]


def test_a_short_year_may_come_first_only_with_hyphens():
    assert refusal("10-03-04").count("first)") == 3
    assert "2004-03-20 (day first) or 2020-03-04 (year first)" in refusal("20-03-04")
    assert read("20-03-04", "31-03-04", order="day first") == ["2004-03-20", "2004-03-31"]
    assert read("99-03-14") == ["1999-03-14"]
    assert read("20/03/04") == ["2004-03-20"]


def test_numbers_of_spreadsheets():
    # Microsoft's documentation of DATEVALUE: 8/22/2011 is 40777; a fraction is the time of day.
    assert read("40777", "40777.99", "") == ["2011-08-22", "2011-08-22", None]
    assert read("40777", "2020-01-01") == [None, "2020-01-01"]
    assert read("40777", "12345") == [None, None]
    assert read("12345") == [None]


def test_times_keep_their_written_day():
    times = pd.Series(pd.to_datetime(["2020-01-31 23:30", None]))
    found = days(times.dt.tz_localize("America/New_York"), place="table")
    assert found.tolist() == [pd.Timestamp("2020-01-31"), pd.NaT]
    assert days(times, place="table").tolist() == found.tolist()
    assert str(found.dtype) == "datetime64[us]"
    objects = pd.Series([date(2020, 1, 31), datetime(2020, 1, 31, 23, tzinfo=timezone(timedelta(hours=-5))), None])
    assert days(objects.astype(object), place="table").dropna().unique().tolist() == [pd.Timestamp("2020-01-31")]


def test_index_and_name_are_kept():
    written = pd.Series(["2020-01-01", "x", "3 May 2020"], index=[7, 7, 2], name="published", dtype="str")
    found = days(written, place="table")
    assert found.index.tolist() == [7, 7, 2]
    assert found.name == "published"
    assert found.isna().tolist() == [False, True, False]
    assert days(written.iloc[:0], place="table").tolist() == []


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(CorpusError, match="table, column 'date': half of a surrogate pair"):
        days(pd.Series(["\ud800"], dtype=object), place="table")


def test_what_is_not_read_is_counted_in_a_warning(caplog):
    # March 3, 2020 was a Tuesday.
    with caplog.at_level(logging.WARNING):
        read("July 2019", "2019", "Monday, March 3, 2020", "Tuesday, March 3, 2020", "x", "2099-01-01")
    assert [record.getMessage() for record in caplog.records] == [
        "a.csv, column 'date': 2 of 6 dates give no day (first: 'July 2019'): no day: only a month, a year, or a day without "
        "its year; add the day, or leave these articles out of figures over time",
        "a.csv, column 'date': 1 of 6 dates give no day (first: 'x'): no form that is known; write them as YYYY-MM-DD",
        "a.csv, column 'date': 1 dates fall on another weekday than they state (first: 'Monday, March 3, 2020'); "
        "they are kept: check them",
        "a.csv, column 'date': 1 dates lie in the future (first: '2099-01-01'); they are kept: check them",
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pt"])
def test_names_are_those_of_cldr(language):
    locale = pytest.importorskip("babel").Locale(language)
    for width in ("wide", "abbreviated"):
        for month, name in locale.months["format"][width].items():
            assert read(f"7 {name} 2020") == [f"2020-{month:02}-07"]
        for weekday, name in locale.days["format"][width].items():
            # June 1, 2020 was a Monday, and weekday 0 of CLDR as Babel has it is Monday.
            stated = readings(
                pd.Series([f"{name} {weekday + 1} June 2020", f"{name} {weekday + 2} June 2020"]), place=""
            )
            assert stated["day"].dt.day.tolist() == [weekday + 1, weekday + 2]
            assert stated["weekday_differs"].tolist() == [False, True]


@pytest.mark.parametrize("language", "ca sv da nb fi pl cs hu ro tr id el ru uk ar".split())
def test_further_names_are_those_of_cldr(language):
    locale = pytest.importorskip("babel").Locale(language)
    for context in ("format", "stand-alone"):
        for month, name in locale.months[context]["wide"].items():
            assert read(f"7 {name} 2020") == [f"2020-{month:02}-07"]
    for weekday, name in locale.days["format"]["wide"].items():
        if "ʼ" not in name:  # The Ukrainian Friday, which has an apostrophe of its own.
            stated = readings(
                pd.Series([f"{name}, {weekday + 1} June 2020", f"{name} {weekday + 2} June 2020"]), place=""
            )
            assert stated["day"].dt.day.tolist() == [weekday + 1, weekday + 2]
            assert stated["weekday_differs"].tolist() == [False, True]


# March 2, 2021 was a Tuesday; Reiwa 1 was 2019, Minguo 1 was 1912.
@pytest.mark.parametrize(
    "written",
    [
        "2021年3月2日",
        "2021 年 3 月 2 日 17:04",
        "２０２１年３月２日（火）",
        "2021年3月2日　火曜日",
        "2021年3月2日 17時04分",
        "2021年3月2日 星期二 下午5:04",
        "2021年3月2號週二",
        "2021/3/2（火）",
        "令和3年3月2日",
        "民國110年3月2日",
        "2021년 3월 2일 화요일",
        "2021년 3월 2일 (화) 오후 5시 4분",
        "2021. 3. 2.",
        "2021. 3. 2. (화)",
        "2 марта 2021 г.",
        "вторник, 2 марта 2021 года",
        "2 березня 2021 р.",
        "2 marca 2021 r.",
        "2 Mart 2021 Salı",
        "2 MART 2021 SALI",
        "٢ مارس ٢٠٢١",
        "٢٠٢١/٠٣/٠٢",
        "2 de março de 2021",
        "terça-feira, 2 de março de 2021",
        "2. maaliskuuta 2021",
        "2021. március 2.",
        "2 Μαρτίου 2021",
    ],
)
def test_other_scripts_and_languages(written):
    found = readings(pd.Series([written]), place="")
    assert found["day"].dt.strftime("%Y-%m-%d").tolist() == ["2021-03-02"]
    assert not found["weekday_differs"].any()
    assert names_day(written)


def test_east_asian_dates_that_name_no_day_or_another_weekday():
    assert kind("2021年3月", "2021年13月2日", "3月2日") == ["imprecise", "impossible", "unread"]
    stated = readings(pd.Series(["2021年3月2日(水)", "2021년 3월 2일 수요일", "2021-03-02 星期三"]), place="")
    assert stated["weekday_differs"].all()
    assert not any(map(names_day, ["2021年3月", "30 words", "Die Kaizeitung", ""]))


def test_every_date_of_abp_is_accounted_for(shared_data):
    path = shared_data / "abp/articles.dev.parquet"
    if not path.exists():
        pytest.skip("the shared data are absent")
    table = pd.read_parquet(path, columns=["date", "date_raw", "url"])
    found = readings(table["date_raw"], place="abp")
    # Counted by the shape of the strings: 9999-99-99, 99/99/99 with one or two digits, and nothing.
    shapes = table["date_raw"].fillna("").str.replace(r"\d+", "9", regex=True).value_counts()
    assert shapes.to_dict() == {"9-9-9": 16629, "": 2182, "9/9/9": 17}
    assert found["kind"].value_counts().to_dict() == {"ISO": 16629, "blank": 2182, "numbers": 17}
    assert not found["weekday_differs"].any()
    # The column `date` was converted by another hand, which left out one date that came from "by-2050" in the address.
    differs = found["day"].dt.strftime("%Y-%m-%d").fillna("") != table["date"].fillna("")
    assert table.loc[differs, "date_raw"].tolist() == ["2050-09-30"]
    # Of the 17 dates in numbers, most addresses have the day too.
    numbers = table.assign(day=found["day"])[found["kind"] == "numbers"]
    stated = pd.to_datetime(numbers["url"].str.extract(r"/(20\d\d/\d{1,2}/\d{1,2})/")[0], format="%Y/%m/%d")
    assert stated.notna().sum() == 15
    assert (stated.dropna() == numbers["day"][stated.notna()]).all()


FORMS = [
    "{0:%Y-%m-%d}",
    "{0:%Y-%m-%dT23:59:59-11:00}",
    "{0:%Y/%m/%d}",
    "{0:%Y%m%d}",
    "{0:%B} {0.day}, {0:%Y} {0:%A} 11:59 PM EST",
    "{0:%a}, {0:%d %b %Y} 00:01:00 +1400",
    "{0.day}-{0:%b-%y}",
    "{0:%d.%m.%Y}",
    "{0:%m.%d.%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0.month}/{0.day}/{0.year}",
    "{0:%d/%m/%y}",
    "{0:%m/%d/%y}",
    "{0:%d-%m-%y}",
    "{0:%m-%d-%y}",
    "{0:%y-%m-%d}",
]
DAYS = st.dates(date(1930, 1, 1), date(2029, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from(FORMS))
def test_a_column_of_one_form_comes_back_or_is_refused(written, form):
    column = pd.Series([form.format(day) for day in written], dtype="str")
    try:
        found = readings(column, place="table")
    except CorpusError:
        assert form.count("{") <= 3
        return
    read_days = [None if pd.isna(day) else day.date() for day in found["day"]]
    assert all(got in (day, None) for got, day in zip(read_days, written, strict=True))
    assert not found["weekday_differs"].any()
    if "y" not in form.replace("{0.year}", ""):
        assert read_days == written


@given(st.lists(st.tuples(DAYS, st.sampled_from(FORMS[:6])), min_size=1, max_size=8))
def test_clear_forms_come_back_in_any_mixture(written):
    column = pd.Series([form.format(day) for day, form in written], dtype="str")
    assert [day.date() for day in days(column, place="table")] == [day for day, _ in written]


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_rfc_2822_as_the_standard_library_writes_it(time, minutes):
    stamp = time.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert read(format_datetime(stamp)) == [time.date().isoformat()]
    assert read(stamp.isoformat()) == [time.date().isoformat()]


@given(st.text(alphabet="0123456789/-.: ,TZMarchjul'", max_size=24))
def test_any_text_is_read_or_refused_and_a_day_has_its_numbers_in_the_text(text):
    try:
        found = readings(pd.Series([text], dtype="str"), place="table")
    except CorpusError as error:
        assert "may be" in str(error)
        return
    day = found["day"].iloc[0]
    if not pd.isna(day) and found["kind"].iloc[0] != "serial":
        assert f"{day.day}" in text and f"{day.year % 100:02}" in text
