"""The spine: every difficulty a household voices becomes one owned, dated promise. Read in the order of a need's life:

states      the table of moves, and the words of the trade
models      the need, its timeline, who held it when
intake      a need is voiced and recorded                         (A26)
screening   is it reasonable; the person is told why              (A33)
triage      urgency × difficulty → tier, deadline, who may hold   (A30, A31)
assignment  handed by tier to a unit, accepted or returned        (A29, A32)
handling    notes, evidence, the handler's result                 (A32)
together    lead and helpers: sub-tasks with their own day, consultations  (A32, B6)
matters     needs that are one matter, or related ones: each with number and answer of its own  (A28, A33)
callback    the household's own word, asked by another unit       (A33)
drawing     which needs are rechecked: a sealed seed, provable afterwards
closing     nine rules of an honest closing; recheck; reopening   (A33)
honesty     what the tier above looks at again, and what looks like sham closing  (A33; looking.py says what contradicts a closing)
inheriting  what somebody who leaves holds of needs, parts and sessions goes into other hands
slip        a small paper: the household follows its need without an account
away        whoever works away voices one for the home by the slip  (B39)
aid         the papers of aid; a declined need for aid has its written refusal
protection  强制报告: a child in danger, sealed, outside the ledger
minors      the yearly audit of how minors' information is kept and read
mandates    needs counted by the mandate under which they came  (A34)
importing   the county's workbook becomes needs with their history
figures     the needs as a population that figures count          (A54)
dashboard   the page a leader reads
papers      the nine printed papers, what the monthly notice says
board       what a village may read of it all: a quarter's counts, redacted, open to anybody
exporting   the workbook in the office's own columns
exporting_homes  the register's homes, taken out under the same rules
checking    every need folded again from its lines
"""
