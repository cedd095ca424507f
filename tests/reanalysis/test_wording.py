"""Which P value the words of a sentence speak of, and what they say of it."""

from __future__ import annotations

import pytest

from auditor.reanalysis.significance_words import Says
from auditor.reanalysis.wording import worded_p_values
from auditor.testing import read_text

YES, NO, SAME, NEAR = Says.SIGNIFICANT, Says.NOT, Says.ALIKE, Says.BORDER
SENTENCES: dict[str, tuple[Says, ...]] = {
    # each P value that is tied, in order
    "No statistically significant differences were found in age, sex or BMI (P > 0.05 for all).": (
        NO,
    ),
    "The reduction was 4.5 mmHg greater with A, which was statistically significant (P = 0.02).": (
        YES,
    ),
    "Blood loss was lower (P = 0.001), with no significant difference in time (P = 0.4).": (NO,),
    "Patients had significantly more nausea, but no difference in vomiting was seen (P = 0.7).": (
        NO,
    ),
    "A significantly reduced pain (P = 0.02), and there was no difference in sleep (P = 0.4).": (
        YES,
        NO,
    ),
    "No difference in OS was observed (P = 0.93), whereas PFS was improved (P < 0.001).": (NO,),
    "Scores were similar at baseline, and after 12 weeks they were better with A (P = 0.001).": (),
    "Scores were similar at baseline (P = 0.8) and significantly lower at the end (P = 0.002).": (
        SAME,
        YES,
    ),
    "Adverse events were similar in both groups, with the exception of rash (P = 0.01).": (),
    "Pain was significantly lower at 6 h (P = 0.01), but not at 12 h (P = 0.08).": (YES,),
    "Significant predictors were age (P = 0.01), sex (P = 0.03) and stage (P < 0.001).": (
        YES,
        YES,
        YES,
    ),
    "After adjustment, the association was no longer statistically significant (P = 0.11).": (NO,),
    "We saw a significant correlation (r = 0.3, P = 0.02) and no association with B (P = 0.4).": (
        YES,
        NO,
    ),
    "None of the variables was significantly associated with survival (all P > 0.1).": (NO,),
    "Men and women did not differ in age (P = 0.3); however, women had higher scores (P = 0.01).": (
        NO,
    ),
    "It is unlikely that the difference is significant (P = 0.2).": (),
    "The fall was significant in group A (P = 0.01) but insignificant in group B (P = 0.3).": (
        YES,
        NO,
    ),
    "Both drugs gave a significant fall (P < 0.001) without a difference between them (P = 0.6).": (
        YES,
        NO,
    ),
    "Nausea was significantly less with A than with B and similar to that with C (P = 0.7).": (),
    "There was no difference in recurrence; survival, however, was better (P = 0.03).": (),
    "Although not significant in all, those who finished had a benefit (P = 0.03).": (),
    "No patient in group A and 5 patients in group B had significant bleeding (P = 0.02).": (),
    "Fewer patients in group A developed significant hypotension (P = 0.2).": (),
    "A significant number of patients preferred A (P = 0.3).": (),
    "OS did not differ in men, and a model identified stage as a factor (P = 0.01).": (),
    "The combination was not only significantly better (P = 0.01) but also cheaper.": (YES,),
    "A was not associated with better survival (P = 0.02).": (),
    "There was a marginally significant benefit (P = 0.07).": (NEAR,),
    "The difference in A (P = 0.20) was not significant.": (NO,),
    "The change was clinically significant (P = 0.3).": (),
    "The groups differed significantly, the test for interaction gave P for interaction = 0.6.": (),
    "The effect was significant in men and not in women, respectively (P = 0.01 and P = 0.4).": (),
    "Death was significantly rarer with A (4% vs 9%; difference 5%; P = 0.03).": (YES,),
    "Patients who had no steroids before had a significantly longer OS (P = 0.004).": (),
    "No significant difference was found in DCR (5% vs. 7%, P = 0.6) and PFS (P = 0.9).": (NO, NO),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_are_tied_to_their_p_value(sentence: str) -> None:
    manuscript = read_text(f"# Results\n\n{sentence}\n")
    assert tuple(one.says for one in worded_p_values(manuscript)) == SENTENCES[sentence]
