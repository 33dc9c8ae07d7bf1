"""Make the damaged samples in data/samples out of the clean speeches in tests/samples.

    python tests/make_samples.py

The damage is of the kinds that scraped copies show; data/samples/README.md says which file has which. Run again only to
change a sample: the files are kept in the repository.
"""

from __future__ import annotations

from pathlib import Path

import opencc
from gbk_channel import Channel, damage

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "data" / "samples"
FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")


def clean(name: str) -> str:
    return (HERE / "samples" / f"{name}.txt").read_text(encoding="utf-8")


def traditional(text: str) -> str:
    return str(opencc.OpenCC("s2t").convert(text))


def wrapped(text: str, width: int, lines_a_page: int) -> str:
    """Lines cut at a width, with a page number between two of them where a page ends."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        paragraph = "    " + paragraph
        lines += [paragraph[at : at + width] for at in range(0, len(paragraph), width)]
    pages = [lines[at : at + lines_a_page] for at in range(0, len(lines), lines_a_page)]
    return "".join("\n".join([*page, f"- {number} -", ""]) for number, page in enumerate(pages, 1))


def pinyin_sample() -> str:
    body = damage(clean("mobilisation"), Channel(by_position=False), seed=3).text
    title = body.split("\n", 1)[0]
    return (
        "禾穗范文网 > 讲话致辞 > 动员讲话 > 正文\n\n"
        f"{title}\n\n网站：禾穗范文网 | 时间：2019-03-02 10:21:45 | 移动端：{title}\n\n{body}\n"
        "来源：网络整理 免责声明：本文仅限学习分享，如产生版权问题，请联系我们及时删除。\n"
    )


def html_sample() -> str:
    title, *lines = clean("scheduling-meeting").splitlines()
    paragraphs = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>\n" for line in lines)
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}-麦岭县人民政府</title>
<style>.nav a{{color:#c00}} #zoom p{{line-height:2em}}</style>
<script>var _hits = 4821; function doZoom(size){{document.getElementById('zoom').style.fontSize=size+'px'}}</script>
</head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> <a href="/bsfw/">办事服务</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/ld/">领导讲话</a> &gt; 正文</div>
<h1>{title}</h1>
<div class="info">发布日期：2022-08-08 09:15　来源：县政府办公室　浏览次数：4821
字体：[大 中 小]　【打印】【关闭】</div>
<div class="share">分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>
<div id="zoom" class="TRS_Editor">
{paragraphs}</div>
<div class="page">上一篇：<a href="1.html">县政府召开第8次常务会议</a><br>
下一篇：<a href="2.html">韩秋实到城关镇调研秋粮生产</a></div>
<div class="related"><h3>相关链接</h3>
<ul><li>在全县防汛工作会议上的讲话</li><li>在全县安全生产会议上的讲话</li></ul></div>
<div class="footer">主办：麦岭县人民政府办公室　网站标识码：0000000000　联系电话：0000-0000000
版权所有 未经许可不得转载</div>
</body></html>
"""


def pledge_sample() -> str:
    title, *lines = clean("pledge").splitlines()
    body = "\r\n".join("　　" + line for line in lines)
    return (
        f"{title}\r\n{title}\r\n发布时间：2021-03-15 阅读次数：1,286 次 作者：区府办\r\n\r\n{body}\r\n\r\n"
        "上一篇：柳塘区召开安全生产工作会议\r\n下一篇：没有了\r\n【打印本页】 【关闭窗口】\r\n"
    )


def wrapped_sample() -> str:
    text = clean("province-report").replace("1080亿元", "1080 亿 元").replace("4120家", "4120 家")
    return wrapped(text.replace("3200亿元", "3,200亿元"), 37, 9)


def masked_sample() -> str:
    title, *lines = clean("investment-summary").splitlines()
    body = "\n".join(lines).replace("61.5%", "61.5%%").replace("增长23.6%", "增长23.6℅")
    cut = body.index("同志们，招商引资只有进行时")
    return (
        f"文档下载站 首页 | 分类 | VIP会员 | 上传文档\n{title}\n上传人：小麦 2018-01-20 评分：4.5 下载积分：20\n"
        f"{body[:cut]}{body[cut:]}\n"
        "内容来自文档下载站 请勿转载\n本文共2页，全文共1986字，当前显示798字，剩余内容请下载后阅读\n"
    )


def collection_sample() -> str:
    text = clean("collection")
    at = text.index("在全市港口经济")
    return (
        "市委书记讲话稿范文（精选2篇）\n\n"
        "讲话稿是人们在特定场合发表讲话的文稿。以下是小编为大家收集的市委书记讲话稿，仅供参考，欢迎大家阅读。\n\n"
        f"市委书记讲话稿 篇1\n\n{text[:at]}\n市委书记讲话稿 篇2\n\n{text[at:]}\n"
        "【市委书记讲话稿】相关文章：\n1.市委书记开班动员讲话稿\n2.市委书记座谈会讲话稿\n3.经济工作会议讲话稿\n"
    )


def traditional_sample() -> str:
    title, *lines = traditional(clean("anti-flood")).splitlines()
    body = "\r\n".join("　　" + line for line in lines).translate(FULL_WIDTH).replace("水庫", "水\u200b庫")
    return f"{' '.join(title)}\r\n\r\n{body}\r\n"


def main() -> None:
    files = {
        "01-county-work-report.txt": clean("county-work-report").encode(),
        "02-mobilisation-pinyin.txt": pinyin_sample().encode(),
        "03-scheduling-meeting.html": html_sample().encode("gbk"),
        "04-pledge-gbk.txt": pledge_sample().encode("gbk"),
        "05-province-report-wrapped.txt": wrapped_sample().encode(),
        "06-investment-summary-masked.txt": masked_sample().encode(),
        "07-rural-water-mojibake.txt": clean("rural-water").encode().decode("latin-1").encode(),
        "08-two-speeches.txt": collection_sample().encode(),
        "09-anti-flood-traditional-utf16.txt": traditional_sample().encode("utf-16"),
    }
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (SAMPLES / name).write_bytes(data)


if __name__ == "__main__":
    main()
