using Fathom.Domain.Values;

namespace Fathom.Analytics.Orders;

/// <summary>What became of one strategy's orders.</summary>
/// <param name="Strategy">Its number.</param>
/// <param name="AtPlacement">One value per place that an order got in a queue.</param>
/// <param name="AtFill">One value per execution.</param>
public sealed record StrategyOrders(ushort Strategy, FillRate FillRate, QueuePlaces AtPlacement, QueuePlaces AtFill);
