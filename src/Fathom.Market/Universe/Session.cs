using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>One trading session, half-open: its first moment belongs to it, its last to what follows.</summary>
public readonly record struct Session(Timestamp Open, Timestamp Close)
{
    /// <summary>From the opening on, up to and without the close.</summary>
    public bool Contains(Timestamp time) => time >= Open && time < Close;
}
