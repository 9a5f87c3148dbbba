using Fathom.Domain.Messages;

namespace Fathom.Engine.Risk;

/// <summary>Who may trade, and who may only reduce: everybody while the venue's state is in doubt, and a strategy after an anomaly until an operator lets it go on.</summary>
public sealed class TradingModes
{
    private readonly AnomalyKind[] _anomalies;

    /// <param name="owners">How many strategies and aggregators there are.</param>
    public TradingModes(int owners) => _anomalies = new AnomalyKind[owners];

    internal int OwnerCount => _anomalies.Length;

    /// <summary>All that the venue has of ours is known; false: everybody may only reduce.</summary>
    public bool IsReconciled { get; internal set; } = true;

    /// <param name="owner">Number of the strategy.</param>
    public TradingMode Of(int owner) => IsReconciled && _anomalies[owner] == AnomalyKind.None ? TradingMode.Normal : TradingMode.ReduceOnly;

    /// <summary>The anomaly by which a strategy may only reduce; None where none is open.</summary>
    public AnomalyKind AnomalyOf(int owner) => _anomalies[owner];

    /// <returns>False when an anomaly of it was open already.</returns>
    internal bool TryRestrict(int owner, AnomalyKind anomaly)
    {
        if (_anomalies[owner] != AnomalyKind.None) return false;
        _anomalies[owner] = anomaly;
        return true;
    }

    /// <returns>False when none was open.</returns>
    internal bool TryResume(int owner)
    {
        bool wasOpen = _anomalies[owner] != AnomalyKind.None;
        _anomalies[owner] = AnomalyKind.None;
        return wasOpen;
    }
}
