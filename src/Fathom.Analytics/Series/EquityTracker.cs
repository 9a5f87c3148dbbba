using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Series;

/// <summary>Follows the equity in each currency. There are few, so they are searched one by one.</summary>
/// <param name="account">Comes first.</param>
internal sealed class EquityTracker(CurrencyCode account, int pointsMax)
{
    private readonly List<Curve> _curves = [];

    public void Note(in EquityEvent equity)
    {
        foreach (Curve curve in _curves)
        {
            if (curve.Currency != equity.Currency) continue;
            curve.Note(equity);
            return;
        }
        Curve made = new(equity, pointsMax);
        _curves.Add(made);
        made.Note(equity);
    }

    /// <summary>The account's currency, then the others in the order in which they appeared.</summary>
    public List<EquityHistory> Histories()
    {
        List<EquityHistory> histories = [];
        foreach (Curve curve in _curves) histories.Insert(curve.Currency == account ? 0 : histories.Count, curve.History);
        return histories;
    }

    private sealed class Curve
    {
        private readonly ThinnedSeries _equity;
        private readonly ThinnedSeries _drawdown;
        private Int128 _peakNanos;

        public Curve(in EquityEvent first, int pointsMax)
        {
            Currency = first.Currency;
            _equity = new ThinnedSeries(pointsMax);
            _drawdown = new ThinnedSeries(pointsMax);
            _peakNanos = first.EquityNanos - first.RealizedNanos - first.UnrealizedNanos + first.FeesNanos;      // the start
        }

        public CurrencyCode Currency { get; }

        public EquityHistory History => new(Currency, _equity, _drawdown);

        public void Note(in EquityEvent equity)
        {
            _peakNanos = Int128.Max(_peakNanos, equity.EquityNanos);
            double fall = _peakNanos > 0 ? (double)(_peakNanos - equity.EquityNanos) / (double)_peakNanos : 0;
            _equity.Add(equity.Header.ReceiveTime, (double)equity.EquityNanos / Price.Scale);
            _drawdown.Add(equity.Header.ReceiveTime, fall);
        }
    }
}
