using Fathom.Analytics.Statistics;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Orders;

/// <summary>How much quantity was ahead of a strategy's orders in their queues, in units, where the venue said so. Percentiles are of the nearest rank, exact up
/// to a size of the sample and from there on of an even sample; NaN when there is no value.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">Exact at any count.</param>
public readonly record struct QueuePlaces(long Count, double Mean, double P10, double P50, double P90)
{
    internal static QueuePlaces Of(BoundedSample nanos) =>
        new(nanos.Count, nanos.Mean / Quantity.Scale, nanos.Percentile(10) / Quantity.Scale, nanos.Percentile(50) / Quantity.Scale, nanos.Percentile(90) / Quantity.Scale);
}
