<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>About &amp; data</source>
        <translation>关于与数据</translation>
    </message>
    <message>
        <source>Porthole %1</source>
        <translation>舷窗 %1</translation>
    </message>
    <message>
        <source>Where your data lies</source>
        <translation>数据存放位置</translation>
    </message>
    <message>
        <source>Data directory: %1</source>
        <translation>数据目录：%1</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Conversations, attachments and settings are here and nowhere else. History is not encrypted: whoever can read this account&apos;s files can read it. API keys are never here: only the system keyring holds them.</source>
        <translation>对话、附件和设置都在这里，别处没有。历史记录未加密：能读取此账户文件的人就能读到它。API 密钥绝不在这里，只在系统密钥环中。</translation>
    </message>
    <message>
        <source>How to remove it all</source>
        <translation>如何全部删除</translation>
    </message>
    <message>
        <source>1. Under Services, choose Forget for each key.
2. Quit Porthole and delete the directory above.
3. Uninstall Porthole, or delete the folder it was started from.</source>
        <translation>1. 在“服务”中，对每个密钥选择“忘记”。
2. 退出舷窗，并删除上面的目录。
3. 卸载舷窗，或删除启动它的文件夹。</translation>
    </message>
</context>
<context>
    <name>SettingsTab</name>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Settings page</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
</context>
</TS>
