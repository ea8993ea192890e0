"""Markdown as models write it, with everything that makes streaming hard."""

ANSWER = """The port holds a space: `'80 80'`. `int()` refuses it, so **the page dies**:

```python
def read_port(cfg: dict) -> int:
    # a comment with ``` inside
    return int(str(cfg.get("port", "")).strip())
```

| Input | Before | After |
|---|---|---:|
| 8080 | 8080 | 8080 |
| 80 80 | crash | *clear error*<br>second line |

### Steps
1. Read the file with `read_port`
2. Nested:
   - one **bold** item
   - another, see [the docs](https://example.com/docs "title")
     - third ~~gone~~

3. Code in a list:
   ```bash
   for f in *.py; do echo "$f"; done
   ```

- [x] done
- [ ] open

> A quote with *emphasis*
> and a second line.
>
> 1. list in a quote

The mass is $E = mc^2$ and

$$
\\int_0^1 x^2 dx
$$

---

HTML <b>stays</b> text; ![pic](https://example.com/a.png); bare https://jiekou.ai/docs.
2 * 3 * 4, snake_case_name, **kwargs and a[0] = 5.

中文段落：接口**返回**了一个错误，请检查`端口`设置。

Setext
======

~~~
tilde fence
~~~
    indented code

last line without an end"""
