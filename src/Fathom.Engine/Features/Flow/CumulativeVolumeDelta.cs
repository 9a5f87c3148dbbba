using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>Bought less sold quantity since the session opened, from its first trade on. A trade whose side is not known adds nothing.</summary>
public sealed class CumulativeVolumeDelta : TradeFeature
{
    private TradeClassifier _classifier;
    private CompensatedSum _sum;

    /// <param name="isVenueAlone">Only trades whose side the venue states count; else others are classified by Lee and Ready's rule.</param>
    public CumulativeVolumeDelta(bool isVenueAlone = false) => _classifier = new TradeClassifier(isVenueAlone);

    /// <inheritdoc/>
    public override bool FollowsSessions => true;

    /// <inheritdoc/>
    public override void OpenSession()
    {
        _sum = default;
        Set(double.NaN);
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        _sum.Add(_classifier.SignOf(in trade) * trade.Quantity);
        Set(_sum.Value);
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _sum = default;
        _classifier.Clear();
    }
}
