"""Every verdict on a file, its rows and its plain cells with its sentence: what is wrong or was changed, and what to do.

`{detail}` stands for the small fact that makes the sentence useful. A code that begins with `warn.` lets the row in. What kinds and rules
of an app say stands beside them; `Template.sentences` holds all that may be said of one workbook.
"""

SENTENCES = {
    # the file
    "file.empty": ("文件里没有内容,请确认选对了文件。", "The file has no content. Please check that it is the right one."),
    "file.too_large": ("文件超过 {detail} MB,请按乡镇或按村拆成几份再导入。", "The file is over {detail} MB. Please split it by township or village."),
    "file.encoding_unknown": ("看不出文件用的是哪种文字编码,请在 Excel 或 WPS 里另存为 .xlsx 再导入。", "The text encoding cannot be told. Please save as .xlsx and try again."),
    "file.encoding_bad_byte": ("第 {detail} 行有坏掉的字节,文字可能已经损坏,请从原系统重新导出。", "Line {detail} holds a damaged byte. Please export the file again."),
    "file.encoding_mixed": ("第 {detail} 行起换了文字编码,像是两个文件拼在一起,请分开另存为 .xlsx 再导入。", "From line {detail} the encoding changes, as if two files were joined. Please save them apart as .xlsx."),
    "file.truncated": ("文件在最后一个字的中间断了,可能没有传完,请重新导出或重新上传。", "The file ends in the middle of a character. Please export or upload it again."),
    "file.control_chars": ("第 {detail} 行有看不见的控制字符,请另存为 .xlsx 再导入。", "Line {detail} holds invisible control characters. Please save as .xlsx."),
    "file.csv_quote": ("第 {detail} 行的双引号没有成对,后面的内容会串行,请检查这一行。", "The quotes on line {detail} do not pair up. Please check that line."),
    "file.html_as_xls": ("这是网页改名的表格,不是真正的 Excel。请用 Excel 或 WPS 打开,选“另存为 .xlsx”再导入。", "This is a web page renamed to a spreadsheet. Please open it in Excel or WPS and save as .xlsx."),
    "file.old_format": ("这是旧格式或其他软件的表格({detail}),请用 Excel 或 WPS 另存为 .xlsx 再导入。", "This is an old or foreign spreadsheet format ({detail}). Please save as .xlsx."),
    "file.not_spreadsheet": ("这不是表格文件({detail}),请上传 .xlsx 或 .csv。", "This is not a spreadsheet ({detail}). Please upload .xlsx or .csv."),
    "file.type_mismatch": ("文件内容是 {detail},和文件名的后缀对不上,请改好后缀或另存为 .xlsx 再导入。", "The content is {detail}, which does not fit the name. Please save as .xlsx."),
    "file.encrypted": ("文件设了密码,请取消密码保护后再导入。", "The file has a password. Please remove it first."),
    "file.macro": ("文件带有宏,为安全起见不读取,请另存为不带宏的 .xlsx。", "The file carries macros and was not read. Please save as .xlsx without macros."),
    "file.corrupt_zip": ("文件不完整,可能没有传完,请重新上传。", "The file is incomplete. Please upload it again."),
    "file.corrupt_xlsx": ("表格文件已损坏,读不下去。请用 Excel 或 WPS 打开后另存为新的 .xlsx 再导入。", "The workbook is damaged. Please open it in Excel or WPS and save it anew as .xlsx."),
    "file.not_in_time": ("没能在规定时间内读完这份表:服务器正忙、内存不够,或表里内容太多。什么都没有写入,表没有被判为有问题。请过几分钟再传;还不行,请按乡镇或按村拆成几份。", "The file could not be read in the time it has: the server is busy or short of memory, or there is too much in it. Nothing was written, and the file is not found faulty. Please send it again in a few minutes, or split it by township or village."),
    "file.xml_dtd": ("文件里夹带了外部定义,为安全起见不读取,请另存为新的 .xlsx。", "The file carries document type definitions and was not read. Please save it anew as .xlsx."),
    "file.zip_ratio": ("文件展开后异常庞大,为安全起见不读取,请把数据复制到新表格再导入。", "The file would swell out of measure and was not read. Please copy the data into a new workbook."),
    "file.zip_entries": ("文件里的部件太多,不像普通表格,请把数据复制到新表格再导入。", "The file has too many parts for a workbook. Please copy the data into a new one."),
    "file.zip_path": ("文件里夹带了不该有的路径,为安全起见不读取。请用 Excel 或 WPS 打开,另存为新的 .xlsx 再导入。", "The file carries paths that a workbook never has; it was not read. Please open it in Excel or WPS and save it anew as .xlsx."),
    "file.too_many_rows": ("超过 {detail} 行,网页一次收不下,请按乡镇拆成几份。", "More than {detail} rows: please split the file by township."),
    "file.too_many_columns": ("超过 {detail} 列,请只留模板里的列再导入。", "More than {detail} columns: please keep only the template's."),
    "file.header_unknown": ("找不到表头,请对照模板检查列名,或确认没有选错模板。", "No header row was found. Please compare with the template, or check that the right one was chosen."),
    "file.column_missing": ("缺少“{detail}”,请补上这一列再导入。", "Missing column: {detail}. Please add it."),
    "file.column_twice": ("“{detail}”这一列出现了两次,请删掉或改名其中一列。", "Column {detail} appears twice. Please remove or rename one."),
    "file.no_rows": ("只有表头,没有数据行。", "There is a header but no data row."),
    "file.sheet_ambiguous": ("有几个工作表都像是数据({detail}),请告诉我们导入哪一个。", "Several sheets look like data ({detail}). Please say which one to import."),
    "warn.file.external_parts_ignored": ("文件里有指向外部的链接或嵌入对象,没有读取,也没有联网。", "Links to outside sources or embedded objects were ignored; no connection was opened."),
    "warn.file.pictures_ignored": ("文件里有图片,图片上的内容没有读取;要紧的请用文字写进表里。", "The file holds pictures; what they show is not read. Please write down what matters."),
    "warn.sheet.hidden_ignored": ("隐藏的工作表“{detail}”没有读取,里面若有别人的信息请先删除再发送。", "The hidden sheet {detail} was not read. Please delete it before sending if it holds other people's data."),
    "warn.sheet.chosen": ("文件里有几个工作表,这次只读了“{detail}”。", "Of several sheets only {detail} was read."),
    "warn.sheet.stray_cell": ("离表格很远的 {detail} 里有零星内容,没有读取;如果是要用的内容,请挪到表里。", "A stray cell far from the table was not read: {detail}. Please move it into the table if it matters."),
    "warn.column.not_imported": ("“{detail}”不在模板里,没有保存。", "Not in the template, and therefore not stored: {detail}."),
    # the row
    "row.too_few_cells": ("这一行没有填“{detail}”,请补齐。", "This row lacks {detail}. Please fill it in."),
    "row.too_many_cells": ("这一行比表头多出内容,可能多了逗号而串列,请检查。", "This row has more cells than the header; a stray comma may have shifted it."),
    "warn.row.hidden": ("这一行是隐藏或被筛选掉的,仍然导入了,请确认。", "This row is hidden or filtered out; it is imported all the same. Please confirm."),
    "warn.row.after_gap": ("这一行在空行之后,也导入了,请确认不是草稿。", "This row stands after a gap of empty rows and is imported. Please confirm that it is not scratch."),
    "warn.row.footer_skipped": ("这一行是合计、签名或重复的表头,没有当作数据导入。", "A total, a signature or a repeated header: not imported as data."),
    "warn.row.no_known_column": ("这一行只有模板之外的内容,没有导入。", "This row holds only content outside the template; not imported."),
    # the cell
    "cell.bool": ("这里不该是“是/否”(TRUE/FALSE),请填写真实的内容。", "TRUE or FALSE cannot stand here. Please enter the real content."),
    "cell.error_value": ("单元格是错误值 {detail},请改好公式或直接填数。", "The cell shows the error {detail}. Please mend it."),
    "cell.formula_no_value": ("公式没有算出的结果,请用 Excel 或 WPS 打开保存一次再导入。", "The formula has no stored result. Please open, save and upload again."),
    "cell.formula_in_identity": ("这一列不收公式,请复制后“粘贴为数值”。", "No formula is taken in this column. Please paste as values."),
    "cell.too_long": ("内容超过 {detail} 个字,请缩短或另附材料。", "Longer than {detail} characters. Please shorten it."),
    "cell.erased_word": ("“{detail}”只由依法删除写入,表里不能填。请写别的话,或删去这一行。", "Only an erasure by law writes {detail}. Please write something else, or leave the row out."),
    "cell.picture": ("这一格放的是图片,图片不能读取,请把图上的内容用文字写出来。", "This cell holds a picture, which cannot be read. Please write down what it shows."),
    "cell.became_date": ("这一格被表格软件改成了日期({detail}),原来填的已经丢失。请把这一列设为“文本”重新填写。", "The program turned this cell into the date {detail}. Format the column as text and enter it again."),
    "warn.cell.picture": ("这一格放的是图片,图片没有读取也没有保存;要紧的请用文字写出来。", "This cell holds a picture; it was neither read nor kept. Please write down what matters."),
    "word.unknown": ("不认识“{first}”,请改成其中一个:{rest}。", "The word {first} is not known. Please use one of: {rest}."),
    "warn.word.read_as": ("按“{detail}”登记,请核对。", "Read as {detail}. Please check."),
    "warn.cell.formula_value": ("这一格是公式,取的是上次保存的结果,请核对。", "A formula: its last stored result was taken. Please check."),
    # dates and numbers
    "date.invalid": ("日期看不懂或不存在,请写成 2010-03-05 这样。", "Not a day of the calendar. Please write it like 2010-03-05."),
    "date.ambiguous": ("日期可以有两种读法,请写成四位年份的 2010-03-05 这样。", "The date can be read in two ways. Please write it like 2010-03-05."),
    "date.no_year": ("日期没有写年份,请写成 2010-03-05 这样。", "The date has no year. Please write it like 2010-03-05."),
    "date.no_day": ("日期没有写全,少了“日”,请写成 2010-03-05 这样。", "The day is missing from the date. Please write it like 2010-03-05."),
    "date.lunar": ("这是农历日期,请换成公历。", "This is a lunar date. Please give the solar one."),
    "date.future": ("日期在今天之后,请核对。", "The date lies in the future."),
    "warn.date.normalised": ("日期已整理为 {detail}。", "The date was written as {detail}."),
    "warn.date.serial": ("日期存成了数字,按 {detail} 读取,请核对。", "The date was stored as a number and read as {detail}. Please check."),
    "number.invalid": ("应当填数字,请用阿拉伯数字;逗号只能每三位一个(1,200),小数用点号。", "A number was expected. Please use digits; a comma may only group three of them (1,200)."),
    "number.range": ("数目超出合理范围,请核对。", "The number is out of range."),
    "warn.number.normalised": ("数目已整理为 {detail}。", "The number was read as {detail}."),
    "warn.number.two": ("数目按 {detail} 读取;如果本来是两个数,请分成两行。", "Read as {detail}. If two numbers were meant, please put them into two rows."),
    "warn.dup.identical_row": ("和第 {detail} 行完全相同,只导入一次。", "Identical to row {detail}; imported once."),
}


def is_warning(code):
    """Whether the row goes in all the same."""
    return code.startswith("warn.")


def sentence(code, lang="zh", detail="", sentences=SENTENCES):
    """The sentence of a code in "zh" or "en". KeyError on a code that `sentences` do not know.

    `{first}` and `{rest}` are the two halves of a detail that a stroke divides: what was written, what may be.
    """
    first, _, rest = str(detail).partition("|")
    said = sentences[code][lang == "en"]
    return said.replace("{detail}", str(detail)).replace("{first}", first).replace("{rest}", rest)
