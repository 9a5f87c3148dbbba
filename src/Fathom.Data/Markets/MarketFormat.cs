namespace Fathom.Data.Markets;

/// <summary>What a file of market data is, by its content.</summary>
public enum MarketFormat
{
    /// <summary>None that is known.</summary>
    Unknown,
    /// <summary>DBN, with a header or a fragment without one; also a legacy one, which its reader refuses with the remedy.</summary>
    Dbn,
    /// <summary>Text.</summary>
    Text,
}
