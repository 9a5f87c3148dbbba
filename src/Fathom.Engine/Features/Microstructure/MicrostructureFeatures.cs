using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Microstructure;

/// <summary>The features of the order book that can be asked for by name.</summary>
internal static class MicrostructureFeatures
{
    private const string OfMoment = "at each sound book; not known at a stale, one-sided, locked or crossed one";

    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "imbalance",
            Family = FeatureFamily.Microstructure,
            Summary = "Imbalance of the best quantities.",
            Formula = "(bq − aq) / (bq + aq); 0 where both are 0",
            Source = "Common; Cartea, Jaimungal and Penalva (2015), \"Algorithmic and High-Frequency Trading\".",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "1", "−1 to 1") { Min = -1, Max = 1 }],
            WarmUp = OfMoment,
            Create = static _ => new Imbalance(),
        },
        new()
        {
            Name = "bid_share",
            Family = FeatureFamily.Microstructure,
            Summary = "The bid's share of the best quantities.",
            Formula = "bq / (bq + aq) = (imbalance + 1) / 2; 0.5 where both are 0",
            Source = "Stoikov (2018), \"The micro-price\", where it is I.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "1", "0 to 1") { Min = 0, Max = 1 }],
            WarmUp = OfMoment,
            Create = static _ => new BidShare(),
        },
        new()
        {
            Name = "depth_imbalance",
            Family = FeatureFamily.Microstructure,
            Summary = "Imbalance of the quantities of several levels, deeper ones weighing less.",
            Formula = "(B − A) / (B + A); B = Σ e^(−decay × i) bq[i], A = Σ e^(−decay × i) aq[i], i = 0 the best",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters = [Levels("5"), new("decay", FeatureParameterKind.Number, "0.5", "how fast weights fall from level to level; 0: all weigh the same") { Min = 0, Max = 100 }],
            Outputs = [new("", "1", "−1 to 1") { Min = -1, Max = 1 }],
            WarmUp = OfMoment,
            Create = static arguments => new DepthImbalance(arguments.Count("levels"), arguments.Number("decay")),
        },
        new()
        {
            Name = "pressure",
            Family = FeatureFamily.Microstructure,
            Summary = "Imbalance of the quantities of several levels, weighted by nearness to the mid.",
            Formula = "(B − A) / (B + A); B = Σ bq[i] / |bid[i] − mid|, A = Σ aq[i] / |ask[i] − mid|",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters = [Levels("5")],
            Outputs = [new("", "1", "−1 to 1") { Min = -1, Max = 1 }],
            WarmUp = OfMoment,
            Create = static arguments => new BookPressure(arguments.Count("levels")),
        },
        new()
        {
            Name = "spread",
            Family = FeatureFamily.Microstructure,
            Summary = "Best ask less best bid.",
            Formula = "ask − bid",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "price", "above 0") { Min = 0 }],
            WarmUp = OfMoment,
            Create = static _ => new Spread(),
        },
        new()
        {
            Name = "relative_spread",
            Family = FeatureFamily.Microstructure,
            Summary = "The spread in basis points of the mid.",
            Formula = "(ask − bid) / mid × 10,000",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "bps", "above 0 where prices are")],
            WarmUp = OfMoment,
            Create = static _ => new RelativeSpread(),
        },
        new()
        {
            Name = "mid",
            Family = FeatureFamily.Microstructure,
            Summary = "The middle of best bid and best ask.",
            Formula = "(bid + ask) / 2",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "price", "between best bid and best ask")],
            WarmUp = OfMoment,
            Create = static _ => new MidPrice(),
        },
        new()
        {
            Name = "weighted_mid",
            Family = FeatureFamily.Microstructure,
            Summary = "The mid leaning toward the thinner side, which is likelier to be consumed first.",
            Formula = "(bid × aq + ask × bq) / (bq + aq)",
            Source = "Stoikov (2018), \"The micro-price\", where it is the \"weighted mid-price\".",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "price", "between best bid and best ask")],
            WarmUp = OfMoment,
            Create = static _ => new WeightedMid(),
        },
        new()
        {
            Name = "mid_change",
            Family = FeatureFamily.Microstructure,
            Summary = "The mid less that of the sound book before.",
            Formula = "mid[n] − mid[n−1] over sound books",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "price", "any; 0 where an event did not move the mid")],
            WarmUp = "at each sound book from the second on; not known at a stale, one-sided, locked or crossed one",
            Create = static _ => new MidChange(),
        },
        new()
        {
            Name = "mid_rate",
            Family = FeatureFamily.Microstructure,
            Summary = "How fast the mid moves over a time.",
            Formula = "(mid now − mid at now − window) / window in seconds; the mid of a moment is that of the newest sound book at or before it",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters = [new("window", FeatureParameterKind.Duration, "1s", "how far back the mid is compared with")],
            Outputs = [new("", "price/s", "any")],
            WarmUp = "once a sound book is as old as window; not known while the book is stale, one-sided, locked or crossed",
            Create = static arguments => new MidRate(arguments.Duration("window")),
        },
        new()
        {
            Name = "ofi",
            Family = FeatureFamily.Microstructure,
            Summary = "Order-flow imbalance of the best quotes: what came to the bid and left the ask, less what left the bid and came to the ask.",
            Formula = "Σ e over the changes of the best quote in the window\n" +
                      "e = 1{bid ≥ bid'} bq − 1{bid ≤ bid'} bq' − 1{ask ≤ ask'} aq + 1{ask ≥ ask'} aq', with ' the quote before\n" +
                      "a missing bid is −∞ with quantity 0, a missing ask +∞; nothing is compared across a stale, locked or crossed book",
            Source = "Cont, Kukanov and Stoikov (2014), \"The price impact of order book events\".",
            Takes = FeatureTakes.Tape,
            Parameters = [Window("10s", "changes of the best quote, or time")],
            Outputs = [new("", "quantity", "any; 0 over a time without a change")],
            WarmUp = "from the first change on where window is a time, from change number window on where it is a number",
            Create = static arguments => new OrderFlowImbalance(arguments.Window("window")),
        },
        new()
        {
            Name = "ofi_deep",
            Family = FeatureFamily.Microstructure,
            Summary = "Order-flow imbalance of several levels, in average depths.",
            Formula = "(Σ e(m) over levels and changes / levels) / D; e(m) is ofi's e of the m-th best quotes\n" +
                      "D: mean over levels and changes of (bq(m) + aq(m)) / 2 after each change; a level that is not there has quantity 0\n" +
                      "a change is an event that changes one of the levels",
            Source = "Cont, Cucuringu and Zhang (2023), \"Cross-impact of order flow imbalance in equity markets\", with the plain mean over levels.",
            Takes = FeatureTakes.Tape,
            Parameters = [Levels("5"), Window("10s", "changes of the levels, or time")],
            Outputs = [new("", "1", "any; 0 over a time without a change")],
            WarmUp = "from the first change on where window is a time, from change number window on where it is a number",
            Create = static arguments => new DeepOrderFlowImbalance(arguments.Count("levels"), arguments.Window("window")),
        },
        new()
        {
            Name = "liquidity_score",
            Family = FeatureFamily.Microstructure,
            Summary = "How much rests near the mid, compared with what is usual.",
            Formula = "L / mean(L); L = quantity of both sides at prices with |price − mid| ≤ bps × mid / 10,000\n" +
                      "mean(L) = ∫ L(s) w(s) ds / ∫ w(s) ds over the time of sound books before this one, w(s) = e^(−(now − s) / tau)",
            Source = "Fathom's own.",
            Takes = FeatureTakes.Tape,
            Parameters =
            [
                new("bps", FeatureParameterKind.Number, "10", "farthest distance from the mid in basis points") { Min = 0.001, Max = 10_000 },
                Levels("10"),
                new("tau", FeatureParameterKind.Duration, "5m", "after it a moment weighs 1 / e in the mean"),
            ],
            Outputs = [new("", "1", "0 or more; 1 as usual") { Min = 0 }],
            WarmUp = "at each sound book from the second time of one on; not known at a stale, one-sided, locked or crossed one, and while nothing was near the mid",
            Create = static arguments => new LiquidityScore(arguments.Number("bps"), arguments.Count("levels"), arguments.Duration("tau")),
        },
        new()
        {
            Name = "own_queue",
            Family = FeatureFamily.Microstructure,
            Summary = "Where our own best orders stand in their queues.",
            Formula = "quantity ahead of our best order of the side / quantity at the best price of the side",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("bid", "1", "0 first, 1 last at the best price; more where it stands deeper") { Min = 0 }, new("ask", "1", "as bid") { Min = 0 }],
            WarmUp = "at each sound book while there is an order of ours whose place is known; not known at a stale, one-sided, locked or crossed one",
            Create = static _ => new OwnQueue(),
        },
        new()
        {
            Name = "kyle_lambda",
            Family = FeatureFamily.Microstructure,
            Summary = "Kyle's lambda: how far a unit of signed volume moves the mid.",
            Formula = "slope of least squares of the mid's change on Σ sign × quantity, over the last buckets\n" +
                      "a bucket is bucket trades, or those of that time from its first; its change of the mid is from before its first trade to before the first trade of the next",
            Source = "Kyle (1985), \"Continuous auctions and insider trading\"; the regression as in Hasbrouck (2009).",
            Takes = FeatureTakes.Tape,
            Parameters =
            [
                new("bucket", FeatureParameterKind.Window, "50", "trades of a bucket, or their time"),
                new("buckets", FeatureParameterKind.Count, "50", "buckets in the regression") { Min = 2, Max = 100_000 },
                new("line", FeatureParameterKind.Word, "intercept", "what the line is: free, or through the origin") { Words = ["intercept", "origin"] },
                TradeClassifier.Parameter,
            ],
            Outputs = [new("", "price/quantity", "any; above 0 where buying lifts the mid")],
            WarmUp = "from the first trade behind bucket number buckets on; not known while the volumes of buckets do not differ",
            Create = static arguments => new KyleLambda(arguments.Window("bucket"), arguments.Count("buckets"), arguments.Word("line") == "origin", TradeClassifier.IsVenueAlone(arguments)),
        },
        new()
        {
            Name = "vpin",
            Family = FeatureFamily.Microstructure,
            Summary = "Volume-synchronised probability of informed trading.",
            Formula = "Σ |bought − sold| / (buckets × volume) over the last buckets of equal volume\n" +
                      "sign: by the sign of each trade · bulk: bought = volume × Φ(change of price over the bucket / root mean square of the last changes)",
            Source = "Easley, López de Prado and O'Hara (2012), \"Flow toxicity and liquidity in a high-frequency world\".",
            Takes = FeatureTakes.Tape,
            Parameters =
            [
                new("volume", FeatureParameterKind.Number, "1000", "quantity of a bucket") { Min = 1e-9, Max = 1e9 },
                new("buckets", FeatureParameterKind.Count, "50", "buckets in the mean") { Max = 100_000 },
                new("classify", FeatureParameterKind.Word, "sign", "how volume is told bought or sold") { Words = ["sign", "bulk"] },
            ],
            Outputs = [new("", "1", "0 to 1") { Min = 0, Max = 1 }],
            WarmUp = "from the bucket number buckets on (by bulk: buckets + 1)",
            Create = static arguments => new Vpin(arguments.Number("volume"), arguments.Count("buckets"), arguments.Word("classify") == "bulk"),
        },
    ];

    private static FeatureParameter Levels(string initial) => new("levels", FeatureParameterKind.Count, initial, "levels of each side") { Max = BookSample.DepthMax };

    private static FeatureParameter Window(string initial, string summary) => new("window", FeatureParameterKind.Window, initial, summary);
}
