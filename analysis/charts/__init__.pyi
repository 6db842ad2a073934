from .adjustment_chart import adjusted_ratio_dots, corrected_rate_dots, standardised_rate_dots
from .agreement_chart import agreement_matrix
from .axes_chart import axes_chart
from .classifier_chart import classifier_chart
from .comparison_charts import difference_dots, share_dots
from .corpus_charts import count_series, length_dots
from .divergence_chart import divergence_chart
from .drift_chart import drift_chart
from .effect_chart import effect_chart
from .elements_chart import elements_chart
from .numbers import number_format
from .plane_chart import plane_chart
from .position_chart import position_chart
from .precision_chart import precision_dots
from .rate_charts import rate_dots, rate_series
from .sizes import figure_size
from .specification_chart import specification_chart
from .style import use_in_notebook
from .target_chart import target_chart
from .term_charts import keyness_dots, term_dots
from .trend_chart import trend_chart
from .voice_chart import voice_chart

__all__ = [
    "adjusted_ratio_dots",
    "agreement_matrix",
    "axes_chart",
    "classifier_chart",
    "corrected_rate_dots",
    "count_series",
    "difference_dots",
    "divergence_chart",
    "drift_chart",
    "effect_chart",
    "elements_chart",
    "figure_size",
    "keyness_dots",
    "length_dots",
    "number_format",
    "plane_chart",
    "position_chart",
    "precision_dots",
    "rate_dots",
    "rate_series",
    "share_dots",
    "specification_chart",
    "standardised_rate_dots",
    "target_chart",
    "term_dots",
    "trend_chart",
    "use_in_notebook",
    "voice_chart",
]
