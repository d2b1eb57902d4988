"""An office's own workbook (`wanjia people import`): the sheets of its units and its people, beside that of its areas."""

from wanjia.registry.workbooks.columns import PHONE_NAMES
from wanjia.registry.workbooks.kinds import NAME, PHONE
from wanjia.sheets.template import NOTE_NAMES, SERIAL, Column, Template
from wanjia.sheets.values import NOTE, TEXT

UNITS = Template(
    "units",
    (
        SERIAL,
        Column("单位名称", TEXT, ("名称", "单位全称"), required=True, identity=True, longest=80),
        Column("简称", TEXT, ("单位简称",), longest=40),
        Column("层级", TEXT, ("单位层级",), required=True, longest=20),
        Column("条线", TEXT, ("归口", "部门条线"), longest=20),
        Column("所在区划", TEXT, ("所在地", "区划", "所在区划(代码或名称)"), required=True, longest=60),
        Column("上级单位", TEXT, ("主管单位",), longest=80),
        Column("备注", NOTE, NOTE_NAMES),
    ),
)

STAFF = Template(
    "staff",
    (
        SERIAL,
        Column("姓名", NAME, ("人员姓名", "名字"), required=True, identity=True, longest=40),
        Column("账号", TEXT, ("登录账号", "用户名"), longest=40),
        Column("手机号", PHONE, PHONE_NAMES),
        Column("所在单位", TEXT, ("单位", "单位名称", "工作单位"), required=True, longest=80),
        Column("角色", TEXT, ("岗位", "系统角色"), required=True, longest=20),
        Column("职务", TEXT, ("职务名称",), longest=40),
        Column("责任区", TEXT, ("包保区域", "责任区划"), longest=60),
        Column("备注", NOTE, NOTE_NAMES),
    ),
)
