"""A long answer of our own with every construct, in English and Chinese, for streaming it."""

_RICH = r"""# Why the port is **not** read

The value holds a space: `'80 80'`. *Nobody* trims it, so
__the page dies__ and ***everything*** after it.
See [the docs](https://example.com/docs_a*b "A title") and
![a picture](https://example.com/p.png), or <https://example.com/auto>, or
https://example.com/bare_one_two?q=1*2*3. Write to <me@example.com>.

Setext heading, first level
===========================

Another one, second level
-------------------------

## 第二部分：**重点**说明

接口**返回**了一个错误，请检查`端口`设置。**注意：**请先备份，再*重启*服务（见[文档](https://example.com/文档)）。
删除线~~旧的写法~~已经不用了，公式 $E = mc^2$ 和 \(a_i * b_i\) 都要显示。

1. Read the file with `read_port`
2. Nested, **all of it**:
   - one **bold** item
   - another, see [the docs](https://example.com/docs)
     - third ~~gone~~ with `code_with_*stars*`
       1. fourth *level*
       2. and more
   - 中文**列表**项
3. Code in a list:

   ```bash
   for f in *.py; do echo "$f" `date`; done  # **not bold**
   ```

4. After it, with a formula \( x_1 + x_2 \) inside

- [x] done with **care**
- [ ] open: `make test`
- [ ] 未完成的任务

* stars
* as ***bullets***

+ plus
+ signs

> A quote with *emphasis*
> and a second line with `code`.
>
> > deeper, **and strong**
>
> 1. list in a quote
> 2. [link in a quote](https://example.com)

```python
def read_port(cfg: dict) -> int:
    # a comment with ``` inside and **stars** and [a](b)
    return int(str(cfg.get("port", "")).strip())
```

~~~
tilde fence with | pipes | and $dollars$
~~~

    indented **code** stays

| Input | Before | After |
|:------|:------:|------:|
| 8080  | `8080` | **8080** |
| 80 80 | crash  | *clear error*<br>second line |
| [link](https://example.com) | ~~old~~ | $x^2$ |

没有竖线开头的表格：

名称 | 数量 | 说明
--- | ---: | :---
苹果 | 3 | **红**的
梨 | 12 | 很<br/>甜

The display formulas:

$$
\int_0^1 x^2 \, dx = \frac{1}{3}
$$

\[
\sum_{i=1}^{n} a_i * b_i
\]

$$a^2 + b^2 = c^2$$

A claim with a note[^1], a second[^note] one, and 中文脚注[^三]。

***

Prices: it costs $5 or $10 today. 2 * 3 * 4, snake_case_name, a[0] = 5, x < y, f(a, b) -> c.
50% ~ 60%.
An escaped \*star\* and \_underscore\_, an entity &copy; &amp; done. A line that breaks\
here, and one with two spaces␠␠
at its end. HTML <b>stays</b> text, and so does <br> outside of tables.

Emoji 👩‍👩‍👧‍👦 and 🏳️‍🌈 and é̷ combine. Emphasis **over
two lines** and `code over
two lines` too. ``code with ` tick`` ends it. **Bold with `code` and *more* inside.** **[linked bold](https://example.com)**!

---

1) other delimiters
2) **second**

Term **bold**: text␠␠
**Another**: 中文，*强调*。**“引号”**后面继续。

[^1]: The **first** note, with `code`.
[^note]: A second one, see [here](https://example.com).

    And its second paragraph, *indented*.

[^三]: 中文**注释**。

Last line without an end: **strong** and `code` and [link](https://example.com/last)"""

RICH = _RICH.replace("␠", " ")
"""(An editor would take spaces off the ends of lines.)"""
