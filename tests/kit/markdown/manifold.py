"""Every construct again in places and company where it is harder to read while it arrives."""

_MANIFOLD = r"""[docs]: https://example.com/docs "The docs"
[pic]: <https://example.com/a pic.png>

# A heading with `code` and [a link](https://example.com) #

Setext over
two *lines*
===

## Links ##

See [docs], [the docs][docs], [docs][], ![a picture][pic] and
[![badge](https://example.com/b.svg)](https://example.com/ci).
Addresses: <https://example.com/a_b*c*>, <mailto:me@example.com>, https://example.com/wiki/Port_(place),
(https://example.com/x_y_z). A [link over
two lines](https://example.com "and its
title") goes on; [not a link], [x] nor [y][z], a[i][j] = b(c)[d].

### HTML is text

<div align="center">
  <b>Not *bold* by HTML</b> &nbsp; <kbd>Ctrl</kbd>+<kbd>C</kbd>
</div>

<!-- a **comment** -->

<details><summary>More</summary>

Inside the *details*.

</details>

if a < b and c > d: x <- y; a<b>c; `<b>` 1 < 2 & 3 &amp; 4 &#42; &unknown; AT&T.

### Emphasis

**a**b, *a*b, **a**，*b*。***a** b* and ***a* b**; __a__ _b_ ___c___; **a *b***; *a **b***.
A lone * star, a lone ** pair, a_b_c, __init__, 5*3*2, ~one~, ~~a *b*~~, **~~c~~**, `**d**`.
**Note:** `x` and **“quoted”** text; (*see* **this**). *a `b*c` d* **e [f](https://example.com) g**.
他说：**“你好，世界。”**然后*离开*了；**注意**：`代码`~~删除~~。**（重点）**内容
\*not\* \`code\` \[not\](a link) \# \$5 C:\path\to\*.py 100\% a\\b

#### Lists

- loose

- items with `code`

  a second paragraph, *of it*

      indented **code** in it

  > a quote in it
  > goes *on*

- # a heading in an item
- ```sh
  echo **not bold**
  ```
- | a | b |
  |---|---|
  | **1** | 2<br>3 |

0. zero
1. one
   - [x] a task in a list
     - [ ] deeper **task**
       3. three
       4. four
          * five
            + six

            $$
            x_1 * x_2
            $$

10) ten
11) [x] eleven, done

-
- after an empty item
* another list
* * *
_ _ _

> **Quote** with a list
> - one
>   - two `code`
> 1. three
>
>    ```py
>    x = "**not bold**"  # `nor` code
>    ```
>
> | a | b |
> |--:|:-:|
> | *1* | ~~2~~ |
>
> $$
> a_b * c
> $$
lazy *line* of it? No: after a formula it is a paragraph.

##### Code

````markdown
```py
nested = "fences"
```
````

```diff
- old **line**
+ new line
```

```mermaid
graph TD; a-->b
```

```
```

~~~ text
~~
``` not the end
~~~~

Text right before
```
a fence
```
and after ``a ` b`` and ``` `` ``` and `a\` b.

    indented

    code `still` **it**

###### Tables

| Left | Centre `a\|b` | Right |
| :--- | :----------: | ----: |
| a \| b | `x \| y` | $|z|$ |
|  | <br/> | two<br>lines<BR />three |
| short |
| *a* | **b** | ~~c~~ | too many |

| Only | head |
|------|------|

One | two
:-:|---
`a` | [b](https://example.com)
c | d

A | b in words, not a table | at all.
a|b|c no table either

| not a | table |
because no delimiter row follows | here |

Formulas
---

Inline $a_1 * b_1$, $\frac{a}{b}$, \(x_i^2\), $$y = *x*$$ and \[ z_1 \] in words; $x$-axis,
($n$ times), $k$个，共\(m\)个。
Costs $5, $6.50 and $1,000; from $10 to $20. USD$ and $HOME/$PATH; a $ b $ c; `$x$` \$y\$.

\[
\begin{aligned}
a &= b * c \\
  &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
\end{aligned}
\]

1. First: $$E = mc^2$$
2. Second:

   $$
   \sum_{i=1}^{n} x_i
   $$

   and \(y\).

$$
f(x) = \begin{cases} x & x > 0 \\ -x & \text{otherwise} \end{cases}
$$
right after it.

#### Notes and other scripts

A[^a], b[^long-name] and c[^1]. العربية **غامق** و`رمز` و[رابط](https://example.com). עברית *נטויה*.

- عنصر **أول**
- عنصر ثانٍ

| اسم | قيمة |
|---|---|
| **أ** | 1 |

👍🏽 **👩‍👩‍👧‍👦 family** 🏳️‍🌈 *é̷* `é` 日本語**強調**です。한국어 **강조**입니다.

[^a]: Note *a*, with $x$ and `code`.
[^long-name]:
    Note of **two**

    paragraphs

    - and a list

[^1]: [link](https://example.com)
***
The end␠␠
is *here*.
"""

MANIFOLD = _MANIFOLD.replace("␠", " ")
"""(An editor would take spaces off the ends of lines.)"""
