namespace Fathom.Engine.Orders;

/// <summary>What a bust or a correction is to do to positions.</summary>
/// <param name="IsNew">It was not seen before; else nothing is to be done.</param>
/// <param name="UndoesOld">The original was booked: what it moved is to be moved back.</param>
/// <param name="BooksNew">What is right is to be booked.</param>
internal readonly record struct ExecutionChangeEffect(bool IsNew, bool UndoesOld, bool BooksNew);
