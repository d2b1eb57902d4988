"""What may come in, as data: the columns of the three imports, under the Chinese name that the office sees.

The name is the key of every value that `judge` returns. Synonyms are other spellings of the header; they are compared
after `headers.label` has folded width, blanks and brackets, so none of those need listing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """kind: household, name, citizen_id, sex, date, relation, village, township, phone, number, amount, account, scheme,
    period, choice (a word of the closed list `words`, see words.py), text, note, skip (known, neither stored nor warned of). `high`: largest number. `past`: no day after today.
    `identity`: no formula is taken, for it decides who is meant.
    """

    name: str
    kind: str = "text"
    synonyms: tuple = ()
    required: bool = False
    identity: bool = False
    past: bool = False
    high: int = 1_000_000
    longest: int = 4000
    words: str = ""


@dataclass(frozen=True)
class Template:
    """name: key of TEMPLATES; title: Chinese; rules: names of the row-crossing rules in `rules.py`; columns in the order in
    which the faults of one row are told."""

    name: str
    title: str
    columns: tuple
    rules: tuple = ()

    def column(self, name):
        return next(c for c in self.columns if c.name == name)

    @property
    def required(self):
        return tuple(c.name for c in self.columns if c.required)


SERIAL = Column("序号", "skip", ("编号", "行号", "原行号", "NO", "№", "序 号"))
COUNTY = Column("县(区)", "skip", ("县区", "县市区", "县(市、区)", "县", "区县", "所属县", "省", "市", "州市", "省份", "州(市)"))
TOWNSHIP = Column("乡镇(街道)", "township", ("乡镇", "乡(镇)", "乡镇街道", "街道", "镇", "乡", "所属乡镇", "所在乡镇", "乡(镇、街道)", "镇(街道)", "户籍乡镇"))
VILLAGE_NAMES = ("村", "社区", "村名", "村社区", "村/社区", "村、社区", "所在村", "所属村", "行政村", "村委会", "村(居)", "村居", "村(居)委会", "所在村(社区)", "所属村(社区)", "行政村(社区)", "村(社区)名称", "户籍村")
PHONE_NAMES = ("手机", "电话", "联系电话", "手机号码", "电话号码", "联系方式", "联系手机", "移动电话", "本人电话", "联系人电话", "户主电话", "家庭电话", "家庭联系电话")
ID_NAMES = ("身份证", "身份证号码", "公民身份号码", "公民身份证号", "公民身份证号码", "居民身份证号", "居民身份证号码", "证件号", "证件号码", "身份号码", "身份证件号码", "身份证件号", "成员身份证号", "成员身份证号码", "证件号码(身份证)")
NOTE_NAMES = ("备注说明", "说明", "备注信息", "其他说明")

HOUSEHOLDS = Template(
    "household",
    "家庭与成员",
    (
        SERIAL,
        COUNTY,
        Column("户编号", "household", ("户号", "家庭编号", "户编码", "户籍编号", "家庭户编号", "户代码", "户口编号"), required=True, identity=True, longest=24),
        Column("户主姓名", "text", ("户主", "户主名字"), longest=60),
        Column("姓名", "name", ("成员姓名", "家庭成员姓名", "人员姓名", "名字", "本人姓名", "家庭成员"), required=True, identity=True, longest=60),
        Column("身份证号", "citizen_id", ID_NAMES, required=True, identity=True),
        Column("性别", "sex"),
        Column("出生日期", "date", ("出生年月日", "出生年月", "出生时间", "生日", "出生日"), past=True),
        Column("与户主关系", "relation", ("和户主关系", "与户主的关系", "家庭关系", "户主关系", "关系", "与户主之关系"), required=True, longest=20),
        TOWNSHIP,
        Column("村(社区)", "village", VILLAGE_NAMES, required=True),
        Column("村民小组", "text", ("村(居)民小组", "小组", "组", "社", "村组", "自然村", "所在组"), longest=40),
        Column("民族", "text", (), longest=20),
        Column("手机号", "phone", PHONE_NAMES),
        Column("在校状态", "text", ("是否在校", "就学状态", "在校情况", "就学情况"), longest=60),
        Column("务工情况", "text", ("务工状态", "是否务工", "外出务工情况", "就业状态"), longest=30),
        Column("外出务工地", "text", ("务工地", "务工地点", "外出务工地点", "务工所在地", "就业地点", "打工地"), longest=80),
        Column("特殊群体类型", "text", ("特殊群体", "特殊群体类别", "特殊人群类型", "人员类别"), longest=120),
        Column("月收入", "number", ("月工资", "月收入元", "月均收入", "工资", "月薪", "月工资收入"), high=1_000_000),
        Column("年家庭收入(元)", "number", ("年家庭收入", "家庭年收入", "年收入", "家庭收入", "家庭年收入(元)"), high=100_000_000),
        Column("备注", "note", NOTE_NAMES),
    ),
    ("identical_row", "same_person", "household_heads"),
)

NEEDS = Template(
    "needs",
    "困难诉求清单台账",
    (
        SERIAL,
        COUNTY,
        Column("编号", "text", ("诉求编号", "工单号", "台账编号"), longest=40),
        Column("来源渠道", "choice", ("诉求来源", "来源", "渠道", "登记渠道"), longest=400, words="CHANNELS"),
        Column("登记时间", "date", ("登记日期", "受理时间", "收到时间", "反映时间"), required=True, past=True),
        Column("登记人", "text", ("登记人/单位", "登记单位", "登记人或单位", "登记人(单位)"), longest=60),
        Column("诉求人", "name", ("姓名", "反映人", "诉求人姓名", "申请人", "当事人"), required=True, identity=True, longest=60),
        Column("身份证后四位", "last_four", ("身份证号后四位", "证件后四位", "身份证尾号", "身份证号码后四位"), identity=True),
        Column("联系电话", "phone", ("手机号", "电话", "手机", "手机号码", "电话号码", "联系方式", "诉求人电话")),
        TOWNSHIP,
        Column("村(社区)", "village", VILLAGE_NAMES, required=True),
        Column("住址(村/组)", "text", ("住址", "家庭住址", "地址", "详细地址", "现住址", "住址(村、组)"), longest=200),
        Column("户编号", "household", ("户号", "家庭编号", "户编码", "户代码"), identity=True, longest=40),
        Column("关联学生/学校", "text", ("关联学生", "学生/学校", "学校", "学生姓名", "就读学校"), longest=120),
        Column("诉求类别", "choice", ("类别", "诉求类别(大类/小类)", "诉求类型", "问题类别", "问题类型", "大类"), required=True, longest=400, words="CATEGORIES"),
        Column("诉求内容", "note", ("诉求", "反映问题", "问题内容", "困难诉求", "具体诉求", "诉求事项", "困难诉求内容"), required=True),
        Column("是否合理", "choice", ("合理性", "是否合理诉求", "是否合理(合理/部分/不合理)", "是否合理(合理/部分/不合理+依据)"), longest=400, words="REASONABLE"),
        Column("不合理依据", "text", ("依据", "不合理原因", "不合理理由", "不合理的依据"), longest=400),
        Column("紧急程度", "choice", ("轻重缓急", "缓急程度"), longest=400, words="URGENCY"),
        Column("难易程度", "choice", ("难度",), longest=400, words="DIFFICULTY"),
        Column("研判等级", "text", ("研判级别", "研判结果"), longest=20),
        Column("交办层级", "text", ("交办级别", "办理层级"), longest=20),
        Column("牵头单位", "text", ("主办单位", "牵头(主办)单位", "承办单位", "责任单位", "交办单位"), longest=120),
        Column("配合单位", "text", ("协办单位", "配合(协办)单位"), longest=200),
        Column("包案领导", "text", ("包案人", "挂联领导"), longest=60),
        Column("责任人", "text", ("承办人", "办理人", "经办人"), longest=60),
        Column("交办时间", "date", ("交办日期", "转办时间"), past=True),
        Column("签收时间", "date", ("签收日期",), past=True),
        Column("办理时限", "date", ("办结时限", "截止时间", "完成时限", "办理期限", "限办时间", "截止日期")),
        Column("延期至", "date", ("延期时间", "延期日期")),
        Column("办理过程", "note", ("办理情况", "办理进展", "处理过程")),
        Column("办理结果", "note", ("处理结果", "结果", "办理结果(类型+说明)", "解决情况")),
        Column("佐证材料", "note", ("附件", "佐证", "证明材料")),
        Column("答复时间", "date", ("答复日期",)),
        Column("是否解决", "choice", ("是否解决(诉求人确认)", "是否办结", "解决与否"), longest=400, words="SETTLED"),
        Column("办结时间", "date", ("办结日期", "完成时间", "解决时间"), past=True),
        Column("回访情况", "text", ("回访结果", "回访", "回访人/时间/方式"), longest=200),
        Column("满意度", "text", ("是否满意", "满意情况", "评价"), longest=20),
        Column("销号时间", "date", ("销号日期",)),
        Column("是否重复/并案号", "text", ("是否重复", "并案号", "是否重复件"), longest=60),
        Column("备注", "note", NOTE_NAMES),
    ),
    ("identical_row", "known_need", "looked_up"),
)

SUBSIDIES = Template(
    "subsidy",
    "补贴发放",
    (
        SERIAL,
        COUNTY,
        Column("姓名", "name", ("人员姓名", "领取人", "领取人姓名", "申请人", "享受人姓名", "补贴对象"), required=True, identity=True, longest=60),
        Column("身份证号", "citizen_id", ID_NAMES, required=True, identity=True),
        TOWNSHIP,
        Column("村(社区)", "village", VILLAGE_NAMES),
        Column("补贴项目", "scheme", ("补助项目", "补贴名称", "补助名称", "项目", "项目名称", "补贴类型", "补助类型", "补贴种类"), required=True, longest=60),
        Column("所属期间", "period", ("补贴期间", "补助期间", "所属年度", "年度", "期间", "所属期", "补贴年度", "发放年度"), required=True),
        Column("金额", "amount", ("补贴金额", "补助金额", "金额(元)", "补贴标准", "发放金额", "应发金额", "实发金额"), required=True, high=1_000_000),
        Column("银行账号", "account", ("银行卡号", "账号", "银行帐号", "帐号", "卡号", "收款账号", "一卡通账号", "一卡通号", "银行账户", "社保卡银行账号"), identity=True),
        Column("开户行", "text", ("开户银行", "银行", "银行名称"), longest=120),
        Column("手机号", "phone", PHONE_NAMES),
        Column("备注", "note", NOTE_NAMES),
    ),
    ("one_payment",),
)

AREAS = Template(
    "area",
    "区划名单",
    (
        SERIAL,
        COUNTY,
        Column("区划代码", "text", ("代码", "统计用区划代码", "行政区划代码", "code12", "code"), required=True, identity=True, longest=15),
        Column("名称", "text", ("区划名称", "村(社区)", "村(居)名称", "村委会名称", "name"), required=True, longest=60),
        Column("乡镇(街道)", "text", ("乡镇", "所属乡镇", "township"), longest=60),
        Column("城乡分类", "text", ("城乡分类代码", "urban_rural"), longest=3),
        Column("继任代码", "text", ("变更后代码", "并入代码", "successor"), longest=200),
        Column("备注", "note", NOTE_NAMES),
    ),
)

# An office's own workbook: three sheets of one file (`wanjia people import`).
UNITS = Template(
    "units",
    "单位",
    (
        SERIAL,
        Column("单位名称", "text", ("名称", "单位全称"), required=True, identity=True, longest=80),
        Column("简称", "text", ("单位简称",), longest=40),
        Column("层级", "text", ("单位层级",), required=True, longest=20),
        Column("条线", "text", ("归口", "部门条线"), longest=20),
        Column("所在区划", "text", ("所在地", "区划", "所在区划(代码或名称)"), required=True, longest=60),
        Column("上级单位", "text", ("主管单位",), longest=80),
        Column("备注", "note", NOTE_NAMES),
    ),
)

STAFF = Template(
    "staff",
    "人员岗位",
    (
        SERIAL,
        Column("姓名", "name", ("人员姓名", "名字"), required=True, identity=True, longest=40),
        Column("账号", "text", ("登录账号", "用户名"), longest=40),
        Column("手机号", "phone", PHONE_NAMES),
        Column("所在单位", "text", ("单位", "单位名称", "工作单位"), required=True, longest=80),
        Column("角色", "text", ("岗位", "系统角色"), required=True, longest=20),
        Column("职务", "text", ("职务名称",), longest=40),
        Column("责任区", "text", ("包保区域", "责任区划"), longest=60),
        Column("备注", "note", NOTE_NAMES),
    ),
)

TEMPLATES = {t.name: t for t in (HOUSEHOLDS, NEEDS, SUBSIDIES, AREAS, UNITS, STAFF)}
