"""The refuse-collection fee (C22): rules that a meeting adopted, a charge for every home, waivers, receipts, spending; the account is public, arrears are private."""
