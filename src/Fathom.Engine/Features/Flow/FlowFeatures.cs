using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Flow;

/// <summary>The features of the flow of trades that can be asked for by name.</summary>
internal static class FlowFeatures
{
    private const string InWindow = "while there is a trade in window where it is a time, from trade number window on where it is a number";

    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        new()
        {
            Name = "trade_imbalance",
            Family = FeatureFamily.Flow,
            Summary = "Bought less sold quantity, as a share of both, over a window.",
            Formula = "(bought − sold) / (bought + sold); trades whose side is not known are none",
            Source = "Common. Changes of the quotes are another thing: ofi.",
            Takes = FeatureTakes.Tape,
            Parameters = [Window("10s"), TradeClassifier.Parameter],
            Outputs = [new("", "1", "−1 to 1") { Min = -1, Max = 1 }],
            WarmUp = InWindow,
            Create = static arguments => new TradeImbalance(arguments.Window("window"), TradeClassifier.IsVenueAlone(arguments)),
        },
        new()
        {
            Name = "trade_sign",
            Family = FeatureFamily.Flow,
            Summary = "Who took in the newest trade.",
            Formula = "what the venue says; else 1 above the mid of the last sound book before, −1 below it; at it, or without one, by the last price that differs: 1 above it, −1 below it, 0 without one",
            Source = "Lee and Ready (1991), \"Inferring trade direction from intraday data\", with the quote of the moment.",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "1", "1 a buyer, −1 a seller, 0 not known") { Min = -1, Max = 1 }],
            WarmUp = "from the first trade on",
            Create = static _ => new TradeSign(),
        },
        new()
        {
            Name = "signed_volume",
            Family = FeatureFamily.Flow,
            Summary = "Bought less sold quantity over a window.",
            Formula = "Σ sign × quantity; trades whose side is not known are none",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters = [Window("10s"), TradeClassifier.Parameter],
            Outputs = [new("", "quantity", "any; 0 over a time without a trade")],
            WarmUp = "from the first trade on where window is a time, from trade number window on where it is a number",
            Create = static arguments => new SignedVolume(arguments.Window("window"), TradeClassifier.IsVenueAlone(arguments)),
        },
        new()
        {
            Name = "volume_profile",
            Family = FeatureFamily.Flow,
            Summary = "Where the session's volume was traded: point of control and value area.",
            Formula = "each price counts at the nearest multiple of bin (in the middle: the one above)\n" +
                      "poc: the bin with the most volume (of equals the lowest)\n" +
                      "value area: from poc by the next traded bin below or above, whichever has more volume (of equals the one above), until it holds value_area of the volume",
            Source = "Steidlmayer's market profile, with volume in place of time.",
            Takes = FeatureTakes.Tape,
            Parameters =
            [
                new("bin", FeatureParameterKind.Number, "0.01", "size of a bin in price units; often the tick") { Min = 1e-9, Max = 1e9 },
                new("value_area", FeatureParameterKind.Number, "0.7", "share of the volume that the value area holds") { Min = 0.01, Max = 1 },
            ],
            Outputs = [new("poc", "price", "a multiple of bin"), new("value_area_low", "price", "at most poc"), new("value_area_high", "price", "at least poc")],
            WarmUp = "from the first trade of a session on",
            Create = static arguments => new VolumeProfile(arguments.Number("bin"), arguments.Number("value_area")),
        },
        new()
        {
            Name = "trade_intensity",
            Family = FeatureFamily.Flow,
            Summary = "Trades per second, weighted exponentially.",
            Formula = "Σ e^(−(now − t) / tau) / tau over all trades, tau in seconds",
            Source = "Common; the kernel of a Hawkes process.",
            Takes = FeatureTakes.Tape,
            Parameters = [new("tau", FeatureParameterKind.Duration, "10s", "after it an old trade weighs 1 / e")],
            Outputs = [new("", "1/s", "0 or more") { Min = 0 }],
            WarmUp = "from the first trade on; it says how often trades come after some tau",
            Create = static arguments => new TradeIntensity(arguments.Duration("tau")),
        },
        new()
        {
            Name = "block_trade",
            Family = FeatureFamily.Flow,
            Summary = "Whether the newest trade is a block, and the share of the volume of a window in blocks.",
            Formula = "a block: quantity ≥ multiple × median quantity of the trades before, and price × quantity ≥ value_min\n" +
                      "block: its sign, 0 without one · share: Σ quantity of blocks / Σ quantity, over the trades of the window that had so many before",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters =
            [
                new("multiple", FeatureParameterKind.Number, "10", "of the median, from which on a trade is a block") { Min = 1e-9, Max = 1e9 },
                new("trades", FeatureParameterKind.Count, "200", "trades before, whose median is taken") { Max = 100_000 },
                new("value_min", FeatureParameterKind.Number, "0", "least price × quantity of a block") { Min = 0, Max = 1e18 },
                Window("5m"),
            ],
            Outputs = [new("block", "1", "1 bought, −1 sold, 0 none or side not known") { Min = -1, Max = 1 }, new("share", "1", "0 to 1") { Min = 0, Max = 1 }],
            WarmUp = "block from trade number trades + 1 on; share while there is such a trade in window where it is a time, from window of them on where it is a number",
            Create = static arguments => new BlockTrade(arguments.Number("multiple"), arguments.Count("trades"), arguments.Number("value_min"), arguments.Window("window")),
        },
        new()
        {
            Name = "cvd",
            Family = FeatureFamily.Flow,
            Summary = "Cumulative volume delta: bought less sold quantity since the session opened.",
            Formula = "Σ sign × quantity; a trade whose side is not known adds nothing",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters = [TradeClassifier.Parameter],
            Outputs = [new("", "quantity", "any")],
            WarmUp = "from the first trade of a session on",
            Create = static arguments => new CumulativeVolumeDelta(TradeClassifier.IsVenueAlone(arguments)),
        },
        new()
        {
            Name = "vwap",
            Family = FeatureFamily.Flow,
            Summary = "Volume-weighted average price of the trades since the session opened.",
            Formula = "Σ price × quantity / Σ quantity",
            Source = "Berkowitz, Logue and Noser (1988), \"The total cost of transactions on the NYSE\".",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "price", "between the lowest and the highest price")],
            WarmUp = "from the first trade of a session on",
            Create = static _ => new Vwap(),
        },
        new()
        {
            Name = "vwap_rolling",
            Family = FeatureFamily.Flow,
            Summary = "Volume-weighted average price of the trades of a window.",
            Formula = "Σ price × quantity / Σ quantity",
            Source = "As vwap.",
            Takes = FeatureTakes.Tape,
            Parameters = [Window("5m")],
            Outputs = [new("", "price", "between the lowest and the highest price")],
            WarmUp = InWindow,
            Create = static arguments => new RollingVwap(arguments.Window("window")),
        },
        new()
        {
            Name = "large_trade_share",
            Family = FeatureFamily.Flow,
            Summary = "The share of the volume of a window in trades of at least so much.",
            Formula = "Σ quantity of trades ≥ quantity / Σ quantity",
            Source = "Common.",
            Takes = FeatureTakes.Tape,
            Parameters = [new("quantity", FeatureParameterKind.Number, "100", "from which on a trade is large") { Min = 1e-9, Max = 1e9 }, Window("5m")],
            Outputs = [new("", "1", "0 to 1") { Min = 0, Max = 1 }],
            WarmUp = InWindow,
            Create = static arguments => new LargeTradeShare(arguments.Number("quantity"), arguments.Window("window")),
        },
        new()
        {
            Name = "effective_spread",
            Family = FeatureFamily.Flow,
            Summary = "What the newest trade's taker paid for a round turn at its price.",
            Formula = "2 × trade_sign × (price − mid of the last sound book before)",
            Source = "Huang and Stoll (1996), \"Dealer versus auction markets\".",
            Takes = FeatureTakes.Tape,
            Outputs = [new("", "price", "any; below 0 where the taker got a better price than the mid")],
            WarmUp = "from the first trade on; not known after one before the first sound book",
            Create = static _ => new EffectiveSpread(),
        },
    ];

    private static FeatureParameter Window(string initial) => new("window", FeatureParameterKind.Window, initial, "trades, or time");
}
