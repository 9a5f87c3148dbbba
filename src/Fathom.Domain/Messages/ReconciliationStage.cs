namespace Fathom.Domain.Messages;

/// <summary>How far a reconciliation has come.</summary>
public enum ReconciliationStage : byte { None = 0, Asked = 1, Failed = 2, Done = 3 }
