"""Media framing analysis: which words frame whom, where in the article, how often, and in which sentence.

A map, in the order of the work; ``help(fa.rates)`` says all of one function.

From files to words
    read            files, folders, archives or a table of articles: a Corpus, with what was rejected and what is odd
    describe        what a corpus holds: outlets, months, lengths, what is missing, copies, languages
    mend            a corpus whose letters were spoilt by a wrong encoding, mended
    tokenize        a corpus, path or table: Tokens, every word with its place
    save_corpus     a corpus, encoded, to a folder: larger than memory, opened in a moment
    open_corpus     what save_corpus or framing encode wrote, as Tokens
    Corpus, Tokens  what these return

Lexicons
    read_lexicon    a lexicon from a file of any usual form
    write_lexicon   a lexicon into a file
    Lexicon         its categories and entries
    check_lexicon   mistakes and doubts, each with its remedy
    suggest         words of the corpus that a category may lack
    compare_lexicons  hits gained and lost by an edit

From words to hits
    find_hits       every match of a lexicon: where it stands, in whose voice, about whom, whether negated
    open_hits       hits that find_hits(…, out=folder) wrote
    sentences_of    the sentence of each hit
    concordance     each match in its line of text
    voices          who says what, by which verb
    names           the names of a corpus, for a targets file of your own
    trace_quotes    where a quoted fragment of a headline comes from
    divergence      headline frames, and what the body has of them

How often, and how sure
    rates           hits per 1,000 words and shares of articles, by outlet, month, voice, target, …
    trends          rates by day, week, month or quarter
    differences     two groups, category by category
    keyness         words that one side uses more than the other
    tfidf           the words that mark each outlet
    Resampling      draws, seed and clusters of intervals

How good it is
    sample          sentences or articles drawn for hand coding, with their probabilities
    agreement       how well coders agree: alpha, kappas, percent, of the sample and of the corpus
    accuracy        precision, recall and more, against what people coded of a sample
    corrected_rates  rates as the lexicon counts them and as coders would, with intervals that hold both errors

To show
    report          one HTML file in which every number opens its sentences
    read_article    everything about one article
    save_figure     a chart with its table, caption and origin
    export          a table for Word, Excel, LaTeX, Markdown or CSV
    methods         a paragraph that says how the results were made
    cite            BibTeX of the program, the lexicon and the methods

Further rooms
    charts          a chart for every table
    compare         fair comparisons: pairs, events, adjusted, standardised, smoothed, together
    learn           word vectors, frame axes, a classifier
    extend          lexicons made and edited
    validate        samples for hand coding, agreement, precision and recall, corrected rates
    reproduce       public corpora, and bundles that others can check

Errors, all of them a FramingError
    CorpusError, LexiconError, SchemaError, UnanswerableError  of articles, of a lexicon, of a table, of a question that is not for this corpus
    ClusterError, OutputError  of machines that share the work, of what cannot be written

Each name is imported when it is first used, so that reading a table does not wait for scikit-learn, matplotlib and numba.
"""

import lazy_loader

from analysis.renamed import with_old_names

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__getattr__ = with_old_names(__getattr__, __all__)
