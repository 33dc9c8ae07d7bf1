"""The value parsers: one line a case, what is refused and why, and properties that hold for any value."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

import speechparse as sp
from speechparse import SpeechparseError, ValueParseError, lexicons
from speechparse.extract.figures import BoundRow
from speechparse.values import amounts, date_rules, dates
from speechparse.values.amounts import CurrencyRow
from speechparse.values.date_parts import EraRow, RelativeRow
from speechparse.values.plain import LONGEST

TODAY = dt.date(2022, 5, 18)  # a Wednesday

# text, value, upper end, bound
NUMBERS = [
    # digits
    ("8", "8", None, "exact"),
    ("3,456,789", "3456789", None, "exact"),
    ("６２．５", "62.5", None, "exact"),
    ("4 200", "4200", None, "exact"),
    (".75", "0.75", None, "exact"),
    ("-0.0", "0", None, "exact"),
    ("6.02e23", "602000000000000000000000", None, "exact"),
    ("12345678901234567890123", "12345678901234567890123", None, "exact"),
    # digits with a multiplier
    ("53.2亿", "5320000000", None, "exact"),
    ("1.26万亿", "1260000000000", None, "exact"),
    ("37k", "37000", None, "exact"),
    ("2.5w", "25000", None, "exact"),
    ("4.5M", "4500000", None, "exact"),
    ("3兆", "3000000000000", None, "exact"),
    # words
    ("零", "0", None, "exact"),
    ("十四", "14", None, "exact"),
    ("廿六", "26", None, "exact"),
    ("卌五", "45", None, "exact"),
    ("三百二十", "320", None, "exact"),
    ("六千零七", "6007", None, "exact"),
    ("两千三百亿", "230000000000", None, "exact"),
    ("一万零三十", "10030", None, "exact"),
    ("三千五百万亿", "3500000000000000", None, "exact"),
    ("七兆零八亿", "7000800000000", None, "exact"),
    ("六萬萬", "600000000", None, "exact"),
    ("柒仟捌佰玖拾", "7890", None, "exact"),
    ("陸佰參拾", "630", None, "exact"),
    ("壹仟零佰零拾伍", "1005", None, "exact"),
    ("叁佰陆拾元整", "360", None, "exact"),
    ("贰佰伍拾元柒角伍分", "250.75", None, "exact"),
    ("六点二五", "6.25", None, "exact"),
    ("六.二亿", "620000000", None, "exact"),
    ("两万点七五", "20000.75", None, "exact"),
    ("三點六億", "360000000", None, "exact"),
    ("二〇二六", "2026", None, "exact"),
    ("九九", "99", None, "exact"),
    # a last digit counts the next smaller place
    ("四千二", "4200", None, "exact"),
    ("六万八", "68000", None, "exact"),
    ("三百七", "370", None, "exact"),
    ("百六", "160", None, "exact"),
    ("三百六万", "3600000", None, "exact"),
    ("四千零二", "4002", None, "exact"),
    # both
    ("3千8百万", "38000000", None, "exact"),
    ("2亿3万6千", "200036000", None, "exact"),
    ("两万零5百", "20500", None, "exact"),
    ("七个亿", "700000000", None, "exact"),
    # signs
    ("负六十", "-60", None, "exact"),
    ("負1.5萬", "-15000", None, "exact"),
    ("−7", "-7", None, "exact"),
    ("零下二十二", "-22", None, "exact"),
    # halves, dozens, fractions, powers, Roman numerals
    ("一半", "0.5", None, "exact"),
    ("三个半", "3.5", None, "exact"),
    ("一个半", "1.5", None, "exact"),
    ("个半", "1.5", None, "exact"),
    ("五万半", "55000", None, "exact"),
    ("半万", "5000", None, "exact"),
    ("七打", "84", None, "exact"),
    ("五分之二", "0.4", None, "exact"),
    ("二又四分之一", "2.25", None, "exact"),
    ("千分之八", "0.008", None, "exact"),
    ("5/8", "0.625", None, "exact"),
    ("7½", "7.5", None, "exact"),
    ("3 1/4", "3.25", None, "exact"),
    ("3^4", "81", None, "exact"),
    ("2^-3", "0.125", None, "exact"),
    ("十的六次方", "1000000", None, "exact"),
    ("Ⅷ", "8", None, "exact"),
    ("XIV", "14", None, "exact"),
    ("Ⅹ", "10", None, "exact"),
    # vague ones, with the end that their words set
    ("十几", "10", "20", "min"),
    ("六十几万", "600000", "700000", "min"),
    ("几", "1", "10", "min"),
    ("几十", "10", "100", "min"),
    ("数百", "100", "1000", "min"),
    ("三百几十", "310", "400", "min"),
    ("廿余", "20", "30", "min"),
    ("卅多万", "300000", "400000", "min"),
    ("60多亿", "6000000000", "7000000000", "min"),
    ("7000余万", "70000000", "80000000", "min"),
    ("四千余", "4000", "5000", "min"),
    ("3.4亿多", "340000000", "350000000", "min"),
    ("上千", "1000", None, "min"),
    ("六七", "6", "7", "range"),
    ("七八十", "70", "80", "range"),
    ("三五百", "300", "500", "range"),
    ("十七八万", "170000", "180000", "range"),
    # bounds and ranges
    ("约六百", "600", None, "about"),
    ("六百左右", "600", None, "about"),
    ("不少于45", "45", None, "min"),
    ("超过3万", "30000", None, "min"),
    ("不足二十", "20", None, "max"),
    ("80以上", "80", None, "min"),
    ("80(含)以下", "80", None, "max"),
    ("15-18", "15", "18", "range"),
    ("三到五万", "30000", "50000", "range"),
    ("800至1200", "800", "1200", "range"),
    ("从6到9", "6", "9", "range"),
    ("900-1万", "900", "10000", "range"),
]  # fmt: skip

# text, value, upper end, bound, unit
PERCENTAGES = [
    ("23.1%", "23.1", None, "exact", "%"),
    ("７％", "7", None, "exact", "%"),
    ("3‰", "0.3", None, "exact", "%"),
    ("百分之三点五", "3.5", None, "exact", "%"),
    ("百分之负二", "-2", None, "exact", "%"),
    ("千分之二点五", "0.25", None, "exact", "%"),
    ("万分之六", "0.06", None, "exact", "%"),
    ("五分之四", "80", None, "exact", "%"),
    ("3/8", "37.5", None, "exact", "%"),
    ("四成", "40", None, "exact", "%"),
    ("四成五", "45", None, "exact", "%"),
    ("三成半", "35", None, "exact", "%"),
    ("八折", "80", None, "exact", "%"),
    ("六五折", "65", None, "exact", "%"),
    ("8.8折", "88", None, "exact", "%"),
    ("0.6个百分点", "0.6", None, "exact", "pp"),
    ("25个基点", "0.25", None, "exact", "pp"),
    ("2.6倍", "2.6", None, "exact", "x"),
    ("翻两番", "4", None, "exact", "x"),
    ("倍增", "2", None, "exact", "x"),
    ("增长8.5%左右", "8.5", None, "about", "%"),
    ("同比下降4.2%", "-4.2", None, "exact", "%"),
    ("回落0.3个百分点", "-0.3", None, "exact", "pp"),
    ("负12%", "-12", None, "exact", "%"),
    ("过半", "50", None, "min", "%"),
    ("近三成", "30", None, "about", "%"),
    ("百分之七十以上", "70", None, "min", "%"),
    ("不足15%", "15", None, "max", "%"),
    ("5%-6%", "5", "6", "range", "%"),
    ("5—6.5%", "5", "6.5", "range", "%"),
    ("百分之四到六", "4", "6", "range", "%"),
    ("七八成", "70", "80", "range", "%"),
    ("十几个百分点", "10", "20", "min", "pp"),
]

# text, value, upper end, bound, currency
AMOUNTS = [
    ("53.2亿元", "5320000000", None, "exact", "CNY"),
    ("4000 万元", "40000000", None, "exact", "CNY"),
    ("4000万", "40000000", None, "exact", "CNY"),
    ("6,400.50元", "6400.50", None, "exact", "CNY"),
    ("3亿6千万元", "360000000", None, "exact", "CNY"),
    ("三百二十万元", "3200000", None, "exact", "CNY"),
    ("柒拾伍萬圓整", "750000", None, "exact", "CNY"),
    ("人民币捌仟元正", "8000", None, "exact", "CNY"),
    ("四块五", "4.5", None, "exact", "CNY"),
    ("六块三毛八", "6.38", None, "exact", "CNY"),
    ("18元零5分", "18.05", None, "exact", "CNY"),
    ("七毛钱", "0.7", None, "exact", "CNY"),
    ("500块钱", "500", None, "exact", "CNY"),
    ("1.2亿美元", "120000000", None, "exact", "USD"),
    ("US$45", "45", None, "exact", "USD"),
    ("6美元30美分", "6.3", None, "exact", "USD"),
    ("EUR 900", "900", None, "exact", "EUR"),
    ("£7.5万", "75000", None, "exact", "GBP"),
    ("港币600万", "6000000", None, "exact", "HKD"),
    ("八亿日圆", "800000000", None, "exact", "JPY"),
    ("20萬韓元", "200000", None, "exact", "KRW"),
    ("七万元新加坡币", "70000", None, "exact", "SGD"),
    ("-260元", "-260", None, "exact", "CNY"),
    ("亿元以上", "100000000", None, "min", "CNY"),
    ("约7000万元", "70000000", None, "about", "CNY"),
    ("不超过6万元", "60000", None, "max", "CNY"),
    ("80元起", "80", None, "min", "CNY"),
    ("7000余万元", "70000000", "80000000", "min", "CNY"),
    ("四块多", "4", "5", "min", "CNY"),
    ("上百亿元", "10000000000", None, "min", "CNY"),
    ("数十亿美元", "1000000000", "10000000000", "min", "USD"),
    ("六七百元", "600", "700", "range", "CNY"),
    ("10—15亿元", "1000000000", "1500000000", "range", "CNY"),
    ("6万元-8万元", "60000", "80000", "range", "CNY"),
    ("800-1万元", "800", "10000", "range", "CNY"),
    ("$4-6万", "40000", "60000", "range", "USD"),
    ("4万欧元到6万", "40000", "60000", "range", "EUR"),
    ("20~25k", "20000", "25000", "range", "CNY"),
]

# text, first and last day, said on 2022-05-18; None for an open end
DATES = [
    # a day, a month, a year, as they are written
    ("2016年2月19日", "2016-02-19", "2016-02-19"),
    ("二〇一六年二月十九日", "2016-02-19", "2016-02-19"),
    ("2016-2-19", "2016-02-19", "2016-02-19"),
    ("2016/02", "2016-02-01", "2016-02-29"),
    ("16.2.19", "2016-02-19", "2016-02-19"),
    ("20160219", "2016-02-19", "2016-02-19"),
    ("7/28", "2022-07-28", "2022-07-28"),
    ("2016年2月19日（星期五）", "2016-02-19", "2016-02-19"),
    ("2016年2月19日上午", "2016-02-19", "2016-02-19"),
    ("2016年", "2016-01-01", "2016-12-31"),
    ("2016年度", "2016-01-01", "2016-12-31"),
    ("九六年", "1996-01-01", "1996-12-31"),
    ("31年", "2031-01-01", "2031-12-31"),
    ("33年", "1933-01-01", "1933-12-31"),
    ("两千一十年", "2010-01-01", "2010-12-31"),
    ("6月", "2022-06-01", "2022-06-30"),
    ("28日", "2022-05-28", "2022-05-28"),
    # years and days told from today
    ("去年", "2021-01-01", "2021-12-31"),
    ("大前年", "2019-01-01", "2019-12-31"),
    ("明后两年", "2023-01-01", "2024-12-31"),
    ("全年", "2022-01-01", "2022-12-31"),
    ("后年3月", "2024-03-01", "2024-03-31"),
    ("大后天", "2022-05-21", "2022-05-21"),
    ("昨晚", "2022-05-17", "2022-05-17"),
    # parts of a year
    ("今年上半年", "2022-01-01", "2022-06-30"),
    ("下个半年", "2022-07-01", "2022-12-31"),
    ("第三季度", "2022-07-01", "2022-09-30"),
    ("2019Q4", "2019-10-01", "2019-12-31"),
    ("上季度", "2022-01-01", "2022-03-31"),
    ("去年四季度末", "2021-12-01", "2021-12-31"),
    ("去年前三季度", "2021-01-01", "2021-09-30"),
    ("2019年前七个月", "2019-01-01", "2019-07-31"),
    ("2019年最后两个月", "2019-11-01", "2019-12-31"),
    ("2019年末", "2019-11-01", "2019-12-31"),
    ("明年年初", "2023-01-01", "2023-02-28"),
    ("今年第八个月", "2022-08-01", "2022-08-31"),
    ("2019年第200天", "2019-07-19", "2019-07-19"),
    ("2019年秋", "2019-08-08", "2019-11-07"),
    ("去冬", "2021-11-07", "2022-02-03"),
    ("二季度最后一个月", "2022-06-01", "2022-06-30"),
    ("明年末月", "2023-12-01", "2023-12-31"),
    # parts of a month
    ("下个月", "2022-06-01", "2022-06-30"),
    ("上上个月", "2022-03-01", "2022-03-31"),
    ("8月上旬", "2022-08-01", "2022-08-10"),
    ("8月中下旬", "2022-08-11", "2022-08-31"),
    ("下月底", "2022-06-25", "2022-06-30"),
    ("9月最后一天", "2022-09-30", "2022-09-30"),
    ("9月前三天", "2022-09-01", "2022-09-03"),
    # weeks: of a month or a year, those that begin in it
    ("上周", "2022-05-09", "2022-05-15"),
    ("下周四", "2022-05-26", "2022-05-26"),
    ("周五", "2022-05-20", "2022-05-20"),
    ("本周末", "2022-05-21", "2022-05-22"),
    ("2019年第20周", "2019-05-20", "2019-05-26"),
    ("2019年10月第一个星期", "2019-10-07", "2019-10-13"),
    ("2019年4月的前两周", "2019-04-01", "2019-04-14"),
    ("10月第三个星期二", "2022-10-18", "2022-10-18"),
    # feasts and solar terms
    ("2019年国庆节", "2019-10-01", "2019-10-01"),
    ("2019年中秋", "2019-09-13", "2019-09-13"),
    ("明年元宵节", "2023-02-05", "2023-02-05"),
    ("2019年清明", "2019-04-05", "2019-04-05"),
    ("2019年冬至", "2019-12-22", "2019-12-22"),
    ("2018年母亲节", "2018-05-13", "2018-05-13"),
    ("2018年感恩节", "2018-11-22", "2018-11-22"),
    ("大年初三", "2022-02-03", "2022-02-03"),
    ("除夕", "2023-01-21", "2023-01-21"),
    # the lunar calendar
    ("农历六月初六", "2022-07-04", "2022-07-04"),
    ("2019年农历九月", "2019-09-29", "2019-10-27"),
    ("腊月廿三", "2023-01-14", "2023-01-14"),
    ("七月初七", "2022-08-04", "2022-08-04"),
    ("2017年闰六月初一", "2017-07-23", "2017-07-23"),
    # so many from now
    ("八天前", "2022-05-10", "2022-05-10"),
    ("两周后", "2022-05-30", "2022-06-05"),
    ("四个月前", "2022-01-01", "2022-01-31"),
    ("六年前", "2016-01-01", "2016-12-31"),
    ("半年后", "2022-11-01", "2022-11-30"),
    ("三个季度前", "2021-07-01", "2021-09-30"),
    ("两个季度内", "2022-05-18", "2022-11-18"),
    ("近五天", "2022-05-13", "2022-05-18"),
    ("过去三年", "2019-05-19", "2022-05-18"),
    ("未来两周", "2022-05-18", "2022-06-01"),
    ("前四周", "2022-04-20", "2022-05-17"),
    ("后两年", "2022-05-19", "2024-05-18"),
    ("十五天之内", "2022-05-18", "2022-06-02"),
    ("三年来", "2019-05-19", "2022-05-18"),
    # plans, decades, centuries, eras
    ("“十四五”期间", "2021-01-01", "2025-12-31"),
    ("十二五末", "2015-01-01", "2015-12-31"),
    ("上世纪五十年代", "1950-01-01", "1959-12-31"),
    ("80年代初", "1980-01-01", "1982-12-31"),
    ("19世纪", "1800-01-01", "1899-12-31"),
    ("20世纪下半叶", "1950-01-01", "1999-12-31"),
    ("光绪元年", "1875-01-01", "1875-12-31"),
    ("民国十五年", "1926-01-01", "1926-12-31"),
    # ranges: the end is included, and may do without what the beginning has
    ("3月到5月", "2022-03-01", "2022-05-31"),
    ("2019年3月5日至18日", "2019-03-05", "2019-03-18"),
    ("2019年3月5-18日", "2019-03-05", "2019-03-18"),
    ("2-4月份", "2022-02-01", "2022-04-30"),
    ("一至三季度", "2022-01-01", "2022-09-30"),
    ("2019-2024年", "2019-01-01", "2024-12-31"),
    ("1978到92年", "1978-01-01", "1992-12-31"),
    ("10月至2月", "2022-10-01", "2023-02-28"),
    ("2018年10月至次年3月", "2018-10-01", "2019-03-31"),
    ("周二到周四", "2022-05-17", "2022-05-19"),
    ("2019年春节至元宵", "2019-02-05", "2019-02-19"),
    ("从前年9月到去年2月", "2020-09-01", "2021-02-28"),
    ("2020年和2022年之间", "2020-01-01", "2022-12-31"),
    # open ends
    ("6月底前", None, "2022-06-30"),
    ("五一前", None, "2022-04-30"),
    ("2024年以前", None, "2023-12-31"),
    ("6月15日以后", "2022-06-16", None),
    ("3月以来", "2022-03-01", None),
    ("从去年开始", "2021-01-01", None),
    ("2019年至今", "2019-01-01", "2022-05-18"),
    ("截至6月底", None, "2022-06-30"),
    ("到2027年", None, "2027-12-31"),
    ("8月底为止", None, "2022-08-31"),
    ("9月前后", "2022-09-01", "2022-09-30"),
    # masked years stay masked
    ("201X年8月", "201X-08-01", "201X-08-31"),
    ("20xx年", "20XX-01-01", "20XX-12-31"),
    ("201*年2月", "201X-02-01", "201X-02-28"),
    ("201×年国庆节前", None, "201X-09-30"),
]

# what each parser refuses, and a word of what it says
REFUSED = [
    ("number", "", "empty"),
    ("number", "   ", "empty"),
    ("number", "山水林田", "no number"),
    ("number", "三百个项目", "'项目' behind '三百个'"),
    ("number", "全市320", "'全市' before '320'"),
    ("number", "X", "masked"),
    ("number", "12.5.3", "'.3' behind '12.5'"),
    ("number", "1,23,456", "behind '1'"),
    ("number", "百千", "behind '百'"),
    ("number", "五亿万", "behind '五亿'"),
    ("number", "5/0", "behind '5'"),
    ("number", "0^-1", "behind '0'"),
    ("number", "0^0", "behind '0'"),
    ("number", "8^99999", "'9' behind '8^9999'"),
    ("number", "(不含)", "no number"),
    ("number", "45%", "'%' behind '45'"),
    ("number", "9-3", "behind '9'"),
    ("number", "--8", "before"),
    ("percentage", "45", "no percentage"),
    ("percentage", "百分之", "no percentage"),
    ("percentage", "增长", "no percentage"),
    ("percentage", "**%", "masked"),
    ("percentage", "三成熟", "'熟' behind '三成'"),
    ("amount", "X亿元", "masked"),
    ("amount", "三百项", "'项' behind '三百'"),
    ("amount", "8元6美元", "'美元' behind '8元6'"),
    ("amount", "元", "no amount"),
    ("amount", "五六块三", "'三' behind '五六块'"),
    ("amount", "七元12角", "'2角' behind '七元1'"),
    ("amount", "八元负三分", "'负三分' behind '八元'"),
    ("date", "下一步", "no date"),
    ("date", "将来", "no date"),
    ("date", "2月30日", "'30日' behind '2月'"),
    ("date", "2019年2月29日", "'29日' behind '2019年2月'"),
    ("date", "2016年2月19日星期一", "'星期一' behind '2016年2月19日'"),
    ("date", "6月项目", "'项目' behind '6月'"),
    ("date", "13月", "no date"),
    ("date", "2016-13-05", "no date"),
    ("date", "公元1年以前", "behind"),
    ("date", "今年8月到去年9月", "'到去年9月' behind '今年8月'"),
    ("date", "2022年闰四月", "'闰四月' behind '2022年'"),
    ("date", "201X年中秋", "depend on the year 201X"),
    # a part that is of no such whole
    ("date", "今年2021年", "'2021年' behind '今年'"),
    ("date", "今年两天前", "'两天前' behind '今年'"),
    ("date", "今年明后两年", "'明后两年' behind '今年'"),
    ("date", "明今两年", "no date"),
    ("date", "今年20世纪", "'20世纪' behind '今年'"),
    ("date", "2021年90年代", "'90年代' behind '2021年'"),
    ("date", "5月上半年", "'上半年' behind '5月'"),
    ("date", "今年下个半年", "'下个半年' behind '今年'"),
    ("date", "农历二季度", "'二季度' behind '农历'"),
    ("date", "去年上季度", "'上季度' behind '去年'"),
    ("date", "2021年去夏", "'去夏' behind '2021年'"),
    ("date", "5月国庆节", "'国庆节' behind '5月'"),
    ("date", "第三天", "no date"),
    ("date", "2021年下个月", "'下个月' behind '2021年'"),
    ("date", "5月第二个月", "'第二个月' behind '5月'"),
    ("date", "5月前六周", "'前六周' behind '5月'"),
    ("date", "二季度第二周", "'第二周' behind '二季度'"),
    ("date", "二季度第三个周五", "'第三个周五' behind '二季度'"),
    ("date", "2021年上周", "'上周' behind '2021年'"),
    # years that the calendar, or the lunar one, does not hold
    ("date", "公元0年", "no date"),
    ("date", "0000年代", "no date"),
    ("date", "一世纪", "no date"),
    ("date", "农历1500年", "'1500年' behind '农历'"),
    ("date", "2300年八月十五", "'十五' behind '2300年八月'"),
]


def parse(kind: str, text: str) -> sp.ParsedNumber | sp.ParsedDate:
    if kind == "date":
        return sp.parse_date(text, reference_date=TODAY)
    return {"number": sp.parse_number, "percentage": sp.parse_percentage, "amount": sp.parse_amount}[kind](text)


def decimals(value: str, upper: str | None) -> tuple[Decimal, Decimal | None]:
    return Decimal(value), None if upper is None else Decimal(upper)


@pytest.mark.parametrize(("text", "value", "upper", "bound"), NUMBERS)
def test_numbers(text: str, value: str, upper: str | None, bound: str) -> None:
    found = sp.parse_number(text)
    assert (found.value, found.upper, found.bound, found.text) == (*decimals(value, upper), bound, text)


@pytest.mark.parametrize(("text", "value", "upper", "bound", "unit"), PERCENTAGES)
def test_percentages(text: str, value: str, upper: str | None, bound: str, unit: str) -> None:
    found = sp.parse_percentage(text)
    assert (found.value, found.upper, found.bound, found.unit) == (*decimals(value, upper), bound, unit)


@pytest.mark.parametrize(("text", "value", "upper", "bound", "currency"), AMOUNTS)
def test_amounts(text: str, value: str, upper: str | None, bound: str, currency: str) -> None:
    found = sp.parse_amount(text)
    assert (found.value, found.upper, found.bound, found.currency) == (*decimals(value, upper), bound, currency)
    assert found.yi * 100_000_000 == found.value


@pytest.mark.parametrize(("text", "earliest", "latest"), DATES)
def test_dates(text: str, earliest: str | None, latest: str | None) -> None:
    found = sp.parse_date(text, reference_date=TODAY)
    assert (found.earliest, found.latest, found.text) == (earliest, latest, text)


@pytest.mark.parametrize(("kind", "text", "words"), REFUSED)
def test_what_is_not_understood_is_named(kind: str, text: str, words: str) -> None:
    with pytest.raises(ValueParseError) as caught:
        parse(kind, text)
    assert words in caught.value.problem
    assert (caught.value.kind, caught.value.text) == (kind, text)
    assert repr(text) in str(caught.value)
    assert isinstance(caught.value, SpeechparseError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "year"),
    [("九百年前", 850), ("近五百年", 400), ("未来三年", 9997), ("下个月", 9999), ("农历三月", 1500)],
)
def test_time_ends_with_the_calendar(text: str, year: int) -> None:
    assert sp.parse_date(text, reference_date=TODAY).earliest
    with pytest.raises(ValueParseError):
        sp.parse_date(text, reference_date=dt.date(year, 12, 15))


def test_a_datetime_will_do_as_reference_date() -> None:
    now = dt.datetime(2022, 5, 18, 23, 59)
    assert sp.parse_date("近五天", reference_date=now) == sp.parse_date("近五天", reference_date=TODAY)


@pytest.mark.parametrize("kind", ["number", "percentage", "amount", "date"])
@pytest.mark.parametrize("text", ["一", "1,", "万", " ", "3月到", "1-", "分之"])
def test_a_megabyte_is_refused_at_once(kind: str, text: str) -> None:
    with pytest.raises(ValueParseError, match="characters are no value"):
        parse(kind, text * (1_000_000 // len(text)))


HOSTILE = "1- 一 打 半 1打 1分之 负 元 1元 角 1到 前1天 初 1月1日到 ^1 三分 约".split()


@pytest.mark.parametrize("kind", ["number", "percentage", "amount", "date"])
@pytest.mark.parametrize("text", HOSTILE)
def test_the_longest_text_is_read_or_refused(kind: str, text: str) -> None:
    longest = (text * LONGEST)[:LONGEST]
    try:
        found = parse(kind, longest)
    except ValueParseError:
        return
    assert found.text == longest


# --- the rows of lexicons and grammars -------------------------------------------------------------------------------


@pytest.mark.parametrize("row", lexicons.load("currencies", CurrencyRow), ids=lambda row: row.term)
def test_each_currency(row: CurrencyRow) -> None:
    found = sp.parse_amount(row.example)
    assert row.term in row.example.replace("￥", "¥")
    number = Decimal(regex.search(r"\d+", row.example)[0]) if regex.search(r"\d", row.example) else None
    assert found.currency == row.currency
    assert number is None or found.value == number * row.factor


@pytest.mark.parametrize("row", lexicons.load("value_bounds", BoundRow), ids=lambda row: row.term)
def test_each_bound(row: BoundRow) -> None:
    kind = "amount" if "元" in row.example else "percentage" if "%" in row.example else "number"
    found = parse(kind, row.example.removesuffix("个"))
    assert isinstance(found, sp.ParsedNumber)
    assert (found.bound, found.value in (30, 300)) == (row.bound, True)


@pytest.mark.parametrize("row", lexicons.load("eras", EraRow), ids=lambda row: row.term)
def test_each_era(row: EraRow) -> None:
    assert parse("date", row.example) == sp.ParsedDate(
        text=row.example, earliest=f"{row.first_year + 2:04}-01-01", latest=f"{row.first_year + 2:04}-12-31"
    )


@pytest.mark.parametrize("row", lexicons.load("relative_times", RelativeRow), ids=lambda row: row.term)
def test_each_relative_time(row: RelativeRow) -> None:
    assert row.term in row.example
    found = sp.parse_date(row.term, reference_date=TODAY)
    if row.grain == "year":
        assert found.earliest == f"{TODAY.year + row.later}-01-01"
    else:
        assert found.earliest == found.latest == (TODAY + dt.timedelta(days=row.later)).isoformat()


@pytest.mark.parametrize("rule", date_rules.RULES, ids=lambda rule: rule.name)
def test_each_rule_of_dates_is_needed_for_its_example(
    rule: date_rules.Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = sp.parse_date(rule.example, reference_date=TODAY)
    others = tuple(pair for pair in date_rules.rules() if pair[0] is not rule)
    monkeypatch.setattr(dates, "rules", lambda: others)
    try:
        without_it = sp.parse_date(rule.example, reference_date=TODAY)
    except ValueParseError:
        return
    assert without_it != with_it


def test_the_names_of_rules_are_unique() -> None:
    names = [rule.name for rule in date_rules.RULES]
    assert len(names) == len(set(names))


def test_parsing_speeches_does_not_load_the_value_parsers() -> None:
    code = "import sys, speechparse; assert 'speechparse.values' not in sys.modules; speechparse.parse_number('3')"
    subprocess.run([sys.executable, "-c", code], check=True)


# --- properties ------------------------------------------------------------------------------------------------------

DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """A number as it is said: 10030 is 一万零三十."""
    if number == 0:
        return "零"
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            gap = "零" if 0 < rest < size // 10 else ""
            return in_words(number // size) + unit + (gap + in_words(rest) if rest else "")
    return DIGITS[number]


@given(st.integers(0, 10**16 - 1))
def test_numbers_in_words(number: int) -> None:
    assert sp.parse_number(in_words(number)).value == number
    assert sp.parse_number("负" + in_words(number)).value == -number


@given(st.decimals(-(10**12), 10**12, places=4))
def test_numbers_in_digits(number: Decimal) -> None:
    assert sp.parse_number(f"{number:,f}").value == number
    assert sp.parse_percentage(f"{number:f}%").value == number
    assert sp.parse_amount(f"{number:f}万元").value == number * 10000


@given(st.integers(1, 999), st.integers(1, 999))
def test_ranges_of_numbers(low: int, high: int) -> None:
    text = f"{low}-{high}万元"
    if low < high:
        found = sp.parse_amount(text)
        assert (found.value, found.upper) == (low * 10000, high * 10000)
    elif low == high:
        with pytest.raises(ValueParseError):
            sp.parse_number(f"{low}-{high}")


@given(st.dates(dt.date(1000, 1, 1), dt.date(9000, 1, 1)))
def test_days(day: dt.date) -> None:
    written = [f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}.{day.month}.{day.day}"]
    for text in written:
        found = sp.parse_date(text, reference_date=TODAY)
        assert found.earliest == found.latest == day.isoformat()


WORDS = (
    "0123456789.,-+^/% 一二三五两零十百千万亿几多余半打又分之负元块角成倍折个点约近以左右"
    "年月日号周上下前后初底末旬季度春农历闰至到今去X某"
)


@given(st.text(WORDS, max_size=14), st.dates() | st.sampled_from([dt.date.min, dt.date.max]))
def test_any_text_is_read_or_refused(text: str, today: dt.date) -> None:
    for read in (sp.parse_number, sp.parse_percentage, sp.parse_amount):
        try:
            found = read(text)
        except ValueParseError:
            continue
        assert found.upper is None or found.upper > found.value
        assert (found.bound == "range") <= (found.upper is not None)
    try:
        date = sp.parse_date(text, reference_date=today)
    except ValueParseError:
        return
    assert date.earliest or date.latest
    assert not (date.earliest and date.latest) or date.earliest <= date.latest


def test_each_name_of_money_is_known() -> None:
    names = amounts._money().names
    assert {"元", "美元", "人民币", "US$"} <= set(names)
