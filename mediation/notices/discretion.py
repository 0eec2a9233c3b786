"""What a text must not tell on a channel that anybody on its way may read: amounts, clauses, identity numbers. Pure."""

import re

AMOUNT = re.compile(
    r"[¥￥]|(?:RMB|CNY|人民币)|[0-9０-９][0-9０-９,，.．]*\s*[余多]?\s*[百千万亿]*\s*(?:元|块钱|万(?!里))"
    r"|[一二两三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟]+\s*(?:元|块钱|圆)",
    re.IGNORECASE,
)
# An identity number, a bank card or an account: fifteen digits or more, however they are spaced.
LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \u3000-]?[0-9０-９]){14,}[XxＸｘ]?")
CLAUSE = re.compile(
    r"本金|利息|违约金|赔偿|补偿|给付|支付|偿还|退还|返还|腾退|分期|标的额|诉讼请求|协议(?:约定|内容|条款)|条款"
)


def tells_too_much(text: str) -> str:
    """The first amount, clause or identity number in a text that anybody may read on its way; empty when there is none."""
    found = AMOUNT.search(text) or CLAUSE.search(text) or LONG_NUMBER.search(text)
    return found.group() if found else ""
