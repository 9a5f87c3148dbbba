namespace Fathom.Market.Books.Bars;

/// <summary>What a bar is made of.</summary>
public enum BarSource : byte
{
    /// <summary>Public trades.</summary>
    Trades = 0,
    /// <summary>The mid of the best prices, after each complete venue event that leaves a sound book.</summary>
    Quotes,
}
