namespace Fathom.Host.Configuration.Toml;

/// <summary>TOML's ten kinds of value.</summary>
public enum TomlKind : byte { String, Integer, Float, Boolean, OffsetDateTime, LocalDateTime, LocalDate, LocalTime, Array, Table }
