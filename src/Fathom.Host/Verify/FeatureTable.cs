using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>Samples for a feature: a row each, in the form that both implementations read. verify/README.md says what each column is; the first two are time, in nanoseconds since the series' start, and
/// opens, 1 where a session opens right before the row. NaN = missing.</summary>
/// <param name="name">Which series it is, for messages.</param>
/// <param name="cells">Row by row.</param>
public sealed class FeatureTable(FeatureTakes takes, string name, double[] cells)
{
    public const int Time = 0, Opens = 1;

    /// <summary>Of values.</summary>
    public const int Value = 2;

    /// <summary>Of pairs: 0 the first, 1 the second.</summary>
    public const int Which = 2, PairValue = 3;

    /// <summary>Of bars.</summary>
    public const int Open = 2, High = 3, Low = 4, Close = 5, Volume = 6;

    /// <summary>Of the tape: <see cref="BookKind"/>, <see cref="TradeKind"/> or <see cref="MomentKind"/>.</summary>
    public const int Kind = 2;

    /// <summary>Of a book. Levels are price and quantity, best first.</summary>
    public const int Stale = 3, BidAhead = 4, AskAhead = 5, BidCount = 6, AskCount = 7, Bids = 8, Asks = Bids + 2 * Depth;

    /// <summary>Of a trade.</summary>
    public const int Price = 3, Quantity = 4, Sign = 5, Bid = 6, Ask = 7;

    public const double BookKind = 0, TradeKind = 1, MomentKind = 2;

    /// <summary>Levels of each side of a book.</summary>
    public const int Depth = 10;

    public FeatureTakes Takes { get; } = takes;

    public string Name { get; } = name;

    /// <summary>Row by row.</summary>
    public ReadOnlySpan<double> Cells => cells;

    public int Columns { get; } = ColumnsOf(takes);

    public int Rows => cells.Length / Columns;

    public ReadOnlySpan<double> Row(int row) => cells.AsSpan(row * Columns, Columns);

    public static int ColumnsOf(FeatureTakes takes) => takes switch
    {
        FeatureTakes.Values => Value + 1,
        FeatureTakes.Pairs => PairValue + 1,
        FeatureTakes.Bars => Volume + 1,
        _ => Asks + 2 * Depth,
    };
}
