namespace Fathom.Engine.Risk.Limits;

/// <summary>When orders may leave.</summary>
public enum TradingTimes : byte
{
    /// <summary>Always: what the venue does not take, it rejects.</summary>
    Any = 0,
    /// <summary>While the instrument trades, or nobody has said that it does not; in an auction only orders for the open or the close.</summary>
    State = 1,
    /// <summary>As <see cref="State"/>, and within the session's hours.</summary>
    Session = 2,
}
