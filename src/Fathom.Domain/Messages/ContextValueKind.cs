namespace Fathom.Domain.Messages;

/// <summary>What a value of a strategy's key-value context is.</summary>
public enum ContextValueKind : byte { None = 0, Double = 1, Long = 2, Text = 3, Bool = 4 }
