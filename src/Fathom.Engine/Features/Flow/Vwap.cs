using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>Volume-weighted average price of the trades since the session opened, Σ price × quantity ÷ Σ quantity, from its first trade on.</summary>
public sealed class Vwap : TradeFeature
{
    private CompensatedSum _value, _volume;

    /// <inheritdoc/>
    public override bool FollowsSessions => true;

    /// <inheritdoc/>
    public override void OpenSession()
    {
        Clear();
        Set(double.NaN);
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        _value.Add(trade.Price * trade.Quantity);
        _volume.Add(trade.Quantity);
        Set(_value.Value / _volume.Value);
    }

    /// <inheritdoc/>
    protected override void Clear() => (_value, _volume) = (default, default);
}
