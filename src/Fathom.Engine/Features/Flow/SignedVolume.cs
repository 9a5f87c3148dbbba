using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Sliding;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// Bought less sold quantity of the trades of a window. Trades whose side is not known are none. A window of n trades is known from the n-th on; one in time from the first trade on, 0 while it is
/// empty, and it holds the newest 65,536.
/// </summary>
public sealed class SignedVolume : TradeFeature
{
    private readonly FeatureWindow _window;
    private readonly RollingSums _sums;
    private TradeClassifier _classifier;
    private bool _isKnown;

    /// <param name="window">Trades, or time.</param>
    /// <param name="isVenueAlone">Only trades whose side the venue states count; else others are classified by Lee and Ready's rule.</param>
    public SignedVolume(FeatureWindow window, bool isVenueAlone = false)
    {
        _window = window;
        _sums = new RollingSums(window);
        _classifier = new TradeClassifier(isVenueAlone);
    }

    /// <inheritdoc/>
    public override bool FollowsTime => _window.IsTime;

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        _sums.Expire(now);
        if (_isKnown) Set(_sums.First);
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        int sign = _classifier.SignOf(in trade);
        if (sign == 0) return;
        _sums.Add(trade.Time, sign * trade.Quantity);
        _isKnown = _sums.IsFull;
        if (_isKnown) Set(_sums.First);
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _sums.Clear();
        _classifier.Clear();
        _isKnown = false;
    }
}
