<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Inspector</name>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>What is “not sent” is left to the model.</source>
        <translation>“不发送”的参数由模型自行决定。</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>A whole number is meant here.</source>
        <translation>这里应填整数。</translation>
    </message>
    <message>
        <source>A number is meant here.</source>
        <translation>这里应填数字。</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>范围为 %1 到 %2。</translation>
    </message>
    <message>
        <source>This service gets %1 unless you set another.</source>
        <translation>未另设时，此服务会收到 %1。</translation>
    </message>
    <message>
        <source>Do not send it</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>最大 token 数</translation>
    </message>
    <message>
        <source>The answer is cut after this many tokens.</source>
        <translation>回答超过这么多 token 时会被截断。</translation>
    </message>
    <message>
        <source>0 is steady; higher is more varied.</source>
        <translation>0 最稳定，越高越多样。</translation>
    </message>
    <message>
        <source>Choose among the likeliest words, up to this share.</source>
        <translation>只在累计概率达到此值的最可能的词中选择。</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>存在惩罚</translation>
    </message>
    <message>
        <source>Presence penalty: above 0, rather new subjects.</source>
        <translation>存在惩罚：大于 0 时更愿意谈新话题。</translation>
    </message>
    <message>
        <source>Frequency penalty: above 0, fewer repeated words.</source>
        <translation>频率惩罚：大于 0 时更少重复用词。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答数</translation>
    </message>
    <message>
        <source>n: so many answers at once, each as a version.</source>
        <translation>n：一次给出这么多个回答，各为一个版本。</translation>
    </message>
    <message>
        <source>Choose among this many of the likeliest words.</source>
        <translation>只在这么多个最可能的词中选择。</translation>
    </message>
    <message>
        <source>Leave out words below this share of the likeliest one.</source>
        <translation>舍去概率低于最可能词此比例的词。</translation>
    </message>
    <message>
        <source>Repetition penalty: above 1, fewer repeated words.</source>
        <translation>重复惩罚：大于 1 时更少重复用词。</translation>
    </message>
    <message>
        <source>Top logprobs</source>
        <translation>候选对数概率</translation>
    </message>
    <message>
        <source>So many of the likeliest tokens at each place, with logprobs.</source>
        <translation>每个位置给出这么多个最可能的 token 及其对数概率。</translation>
    </message>
    <message>
        <source>At most this many tokens of thinking.</source>
        <translation>思考最多用这么多 token。</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>频率惩罚</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Equal seeds aim at equal answers.</source>
        <translation>相同的种子力求得到相同的回答。</translation>
    </message>
    <message>
        <source>Top K</source>
        <translation>Top K</translation>
    </message>
    <message>
        <source>Min P</source>
        <translation>Min P</translation>
    </message>
    <message>
        <source>Repetition</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Nothing is sent until a word stands here.</source>
        <translation>填写之前不会发送。</translation>
    </message>
    <message>
        <source>%1 · %2 set</source>
        <translation>%1 · 已设 %2 项</translation>
    </message>
    <message>
        <source>%1, shown</source>
        <translation>%1，已展开</translation>
    </message>
    <message>
        <source>%1, folded</source>
        <translation>%1，已折叠</translation>
    </message>
    <message>
        <source>Logprobs</source>
        <translation>对数概率</translation>
    </message>
    <message>
        <source>How likely each token was comes with the answer.</source>
        <translation>随回答给出每个 token 的概率。</translation>
    </message>
    <message>
        <source>Logit bias</source>
        <translation>Logit 偏置</translation>
    </message>
    <message>
        <source>Tokens by their numbers, each from -100 to 100.</source>
        <translation>按编号列出 token，各取 -100 到 100。</translation>
    </message>
    <message>
        <source>remembered for %1</source>
        <translation>已为 %1 记住</translation>
    </message>
    <message>
        <source>Stands before the conversation and steers every answer.</source>
        <translation>位于对话之前，影响每一个回答。</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>How the model should behave</source>
        <translation>模型应当如何表现</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Calls and further tools</source>
        <translation>调用方式与其他工具</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Extra body</source>
        <translation>附加请求体</translation>
    </message>
    <message>
        <source>What was right before is still sent.</source>
        <translation>仍发送之前正确的内容。</translation>
    </message>
    <message>
        <source>A JSON object whose entries go into the request as they are.</source>
        <translation>一个 JSON 对象，其各项原样写入请求。</translation>
    </message>
    <message>
        <source>“%1” is the conversation&apos;s own.</source>
        <translation>“%1”由对话本身决定。</translation>
    </message>
    <message>
        <source>“%1” has a field of its own above.</source>
        <translation>“%1”在上面有专门的输入框。</translation>
    </message>
    <message>
        <source>A JSON object is meant here: {&quot;name&quot;: value}.</source>
        <translation>这里应填 JSON 对象：{&quot;名称&quot;: 值}。</translation>
    </message>
    <message>
        <source>“%1” is no token&apos;s number.</source>
        <translation>“%1”不是 token 编号。</translation>
    </message>
    <message>
        <source>“%1” wants a number from -100 to 100.</source>
        <translation>“%1”应取 -100 到 100 的数字。</translation>
    </message>
    <message>
        <source>A JSON list of tools is meant here.</source>
        <translation>这里应填工具的 JSON 列表。</translation>
    </message>
    <message>
        <source>Tool %1 is no object with a “type”.</source>
        <translation>第 %1 个工具不是含“type”的对象。</translation>
    </message>
    <message>
        <source>Tool %1 has no function with a “name”.</source>
        <translation>第 %1 个工具没有带“name”的函数。</translation>
    </message>
    <message>
        <source>Edit, templates, saved…</source>
        <translation>编辑、模板、已保存…</translation>
    </message>
    <message>
        <source>Open the schema editor</source>
        <translation>打开结构编辑器</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>JSON object</source>
        <translation>JSON 对象</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>JSON 模式</translation>
    </message>
    <message>
        <source>The shape of the answer. Not every model takes every shape.</source>
        <translation>回答的形式。并非每个模型都支持每种形式。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What the schema is called: letters, digits, _ and -.</source>
        <translation>模式的名称：字母、数字、_ 和 -。</translation>
    </message>
    <message>
        <source>1 to 64 letters, digits, _ or - are meant here.</source>
        <translation>这里应填 1 到 64 个字母、数字、_ 或 -。</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>严格</translation>
    </message>
    <message>
        <source>The answer must match the schema exactly.</source>
        <translation>回答必须与模式完全相符。</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>A JSON Schema that the answer is to match.</source>
        <translation>回答应符合的 JSON Schema。</translation>
    </message>
    <message>
        <source>This format wants a schema.</source>
        <translation>此格式需要一个模式。</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Think</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>enable_thinking: whether the model thinks first.</source>
        <translation>enable_thinking：模型是否先思考。</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>推理强度</translation>
    </message>
    <message>
        <source>reasoning_effort: how much the model thinks.</source>
        <translation>reasoning_effort：模型思考多少。</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>分开返回</translation>
    </message>
    <message>
        <source>separate_reasoning: thoughts come beside the answer, not in it.</source>
        <translation>separate_reasoning：思考与回答分开返回，不混在其中。</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>a word the model knows</source>
        <translation>模型认识的词</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考模式</translation>
    </message>
    <message>
        <source>thinking: another switch for the same, with a budget.</source>
        <translation>thinking：同一用途的另一种开关，可设预算。</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>It is not sent.</source>
        <translation>不会发送。</translation>
    </message>
    <message>
        <source>Still sent: %1</source>
        <translation>仍发送：%1</translation>
    </message>
    <message>
        <source>That one is there already.</source>
        <translation>已经有这一项了。</translation>
    </message>
    <message>
        <source>Four is the most</source>
        <translation>最多四项</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Remove the stop sequence %1</source>
        <translation>移除停止序列 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add this stop sequence</source>
        <translation>添加此停止序列</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>The answer ends before any of these. \n is a line break.</source>
        <translation>回答在出现其中任一项之前结束。\n 表示换行。</translation>
    </message>
    <message>
        <source>on, as usual</source>
        <translation>开（默认）</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流式</translation>
    </message>
    <message>
        <source>Show the answer as it comes; else it comes whole.</source>
        <translation>边生成边显示；关闭则一次给出全文。</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用量</translation>
    </message>
    <message>
        <source>include_usage: tokens are counted while streaming.</source>
        <translation>include_usage：流式时也统计 token。</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>tool_choice: whether the model may or must call.</source>
        <translation>tool_choice：模型可以还是必须调用工具。</translation>
    </message>
    <message>
        <source>as it sees fit (auto)</source>
        <translation>由模型决定 (auto)</translation>
    </message>
    <message>
        <source>never (none)</source>
        <translation>从不 (none)</translation>
    </message>
    <message>
        <source>always (required)</source>
        <translation>必须 (required)</translation>
    </message>
    <message>
        <source>one function…</source>
        <translation>指定函数…</translation>
    </message>
    <message>
        <source>the function&apos;s name</source>
        <translation>函数名称</translation>
    </message>
    <message>
        <source>Several</source>
        <translation>并行调用</translation>
    </message>
    <message>
        <source>parallel_tool_calls: several calls at once.</source>
        <translation>parallel_tool_calls：可同时调用多个。</translation>
    </message>
    <message>
        <source>Further tools</source>
        <translation>其他工具</translation>
    </message>
    <message>
        <source>A JSON list of tools, sent as it stands.</source>
        <translation>工具的 JSON 列表，原样发送。</translation>
    </message>
</context>
<context>
    <name>PresetPicker</name>
    <message>
        <source>Preset: none</source>
        <translation>预设：无</translation>
    </message>
    <message>
        <source>Preset: %1 · changed</source>
        <translation>预设：%1 · 已改动</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>预设：%1</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Update “%1”</source>
        <translation>更新“%1”</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Manage presets…</source>
        <translation>管理预设…</translation>
    </message>
    <message>
        <source>The system prompt and parameters set here before were replaced.</source>
        <translation>此处原来设置的系统提示词和参数已被替换。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设的名称</translation>
    </message>
    <message>
        <source>A system prompt and parameters by name</source>
        <translation>按名称取用的系统提示词和参数</translation>
    </message>
    <message>
        <source>Take on, save and manage presets</source>
        <translation>取用、保存和管理预设</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>New preset</source>
        <translation>新建预设</translation>
    </message>
    <message>
        <source>The preset “%1” was deleted.</source>
        <translation>预设“%1”已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>预设需要一个名称。</translation>
    </message>
    <message>
        <source>A system prompt and parameters by a name. A conversation that takes one on gets a copy: changing the preset later changes nothing in it.</source>
        <translation>有名称的一组系统提示词和参数。对话取用时得到一份副本：以后再改预设，不会影响该对话。</translation>
    </message>
    <message>
        <source>There are no presets yet.</source>
        <translation>还没有预设。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设的名称</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
</TS>
