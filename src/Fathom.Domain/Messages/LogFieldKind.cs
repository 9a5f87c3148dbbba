namespace Fathom.Domain.Messages;

/// <summary>What the value of a log record's field is. Stands in messages: a number keeps its meaning.</summary>
public enum LogFieldKind : byte { None = 0, Number = 1, Integer = 2, Text = 3, Price = 4, Quantity = 5, Boolean = 6 }
