using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>The names of a bracket's orders; None where there is no such exit.</summary>
public readonly record struct BracketIds(ClientOrderId Entry, ClientOrderId StopLoss, ClientOrderId TakeProfit);
