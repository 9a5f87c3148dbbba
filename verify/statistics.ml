(* Statistics of series of numbers. *)
