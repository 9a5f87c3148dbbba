namespace Fathom.Domain.Messages;

/// <summary>Which prices a bar of the data is made of.</summary>
public enum BarPrice : byte
{
    /// <summary>Public trades.</summary>
    Trades = 0,
    /// <summary>The best bid.</summary>
    Bid = 1,
    /// <summary>The best ask.</summary>
    Ask = 2,
    /// <summary>The middle of the two.</summary>
    Mid = 3,
}
