namespace Fathom.Data.Parquet;

/// <summary>What a column holds. An empty field is null.</summary>
public enum ParquetType : byte
{
    /// <summary>DOUBLE.</summary>
    Number,
    /// <summary>Nanoseconds since 1970 in UTC.</summary>
    Time,
    /// <summary>UTF-8.</summary>
    Text,
}
