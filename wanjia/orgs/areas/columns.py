"""The list of areas as a workbook (区划名单), and the column of a county, which is known wherever a sheet has one. Pure: no Django."""

from wanjia.sheets.template import NOTE_NAMES, SERIAL, SKIP, Column, Template
from wanjia.sheets.values import NOTE, TEXT

COUNTY = Column("县(区)", SKIP, ("县区", "县市区", "县(市、区)", "县", "区县", "所属县", "省", "市", "州市", "省份", "州(市)"))
AREAS = Template(
    "area",
    (
        SERIAL,
        COUNTY,
        Column("区划代码", TEXT, ("代码", "统计用区划代码", "行政区划代码", "code12", "code"), required=True, identity=True, longest=15),
        Column("名称", TEXT, ("区划名称", "村(社区)", "村(居)名称", "村委会名称", "name"), required=True, longest=60),
        Column("乡镇(街道)", TEXT, ("乡镇", "所属乡镇", "township"), longest=60),
        Column("城乡分类", TEXT, ("城乡分类代码", "urban_rural"), longest=3),
        Column("继任代码", TEXT, ("变更后代码", "并入代码", "successor"), longest=200),
        Column("备注", NOTE, NOTE_NAMES),
    ),
)
