using Fathom.Domain.Messages;

namespace Fathom.Engine.Execution;

/// <summary>Which orders stay here until their condition is met, because the venue lacks something that it would need then.</summary>
/// <remarks>Half of a rule at the venue and half of it here would meet in the middle of an event: a stop whose fill cancels a sibling that we keep, or that may only reduce, waits
/// here with it.</remarks>
internal readonly record struct HoldRules(VenueFeatures Features)
{
    /// <summary>We end orders whose time is up.</summary>
    public bool KeepsTime => !Has(VenueFeatures.Expiry);

    /// <summary>An order that waits for its trigger does so here.</summary>
    /// <param name="sendsReduceOnly">The venue would judge a reduce-only order at its trigger.</param>
    public bool KeepsTrigger(OrderType type, bool isReduceOnly, bool sendsReduceOnly)
    {
        if (!type.HasTrigger()) return false;
        bool isMissing = !Has(type == OrderType.Trailing ? VenueFeatures.Trailing : VenueFeatures.Stops);
        return isMissing || (isReduceOnly && !sendsReduceOnly);
    }

    /// <summary>A member of a list obliges us to keep the whole list.</summary>
    public bool KeepsList(OrderType type, bool isReduceOnly, bool sendsReduceOnly) =>
        !Has(VenueFeatures.Lists) || KeepsTrigger(type, isReduceOnly, sendsReduceOnly) || (isReduceOnly && !sendsReduceOnly);

    private bool Has(VenueFeatures feature) => (Features & feature) != 0;
}
