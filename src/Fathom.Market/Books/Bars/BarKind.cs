namespace Fathom.Market.Books.Bars;

/// <summary>What completes a bar.</summary>
public enum BarKind : byte
{
    /// <summary>No bar: the value that means "not stated".</summary>
    None = 0,
    /// <summary>The end of its interval, or of the session.</summary>
    Time,
    /// <summary>A number of trades, or of quote updates.</summary>
    Ticks,
    /// <summary>A traded quantity.</summary>
    Volume,
    /// <summary>Traded money.</summary>
    Notional,
}
